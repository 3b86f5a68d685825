#include "tests/rules/context_change.h"

#include "tests/catch.h"

namespace {

using namespace tlsward;
using tests::changes;
using tests::let_in;

const tls::CipherSuite kAes{0xc02f};

tls::TlsContext endpoint(tls::Role role) {
  tls::TlsContext context;
  context.role = role;
  context.versions.value = {tls::kTls12};
  context.ciphers.value[tls::kTls12] = {kAes};
  context.client_auth.value = tls::ClientAuth::RequireAndVerify;
  context.verify_peer.value = tls::VerifyPeer::Full;
  context.server_name_check.value = true;
  return context;
}

tls::Material field(tls::MaterialUse use, const std::string& sha256) {
  tls::CertificateFacts certificate;
  certificate.sha256 = sha256;
  tls::Material material;
  material.use = use;
  material.inline_text = true;
  material.state = tls::MaterialState::Read;
  material.bundle.certificates = {certificate};
  return material;
}

void believe(tls::TlsContext& context, const std::string& sha256) {
  tls::TrustSource source;
  source.kind = tls::TrustKind::Material;
  source.material = context.material.size();
  context.material.push_back(field(tls::MaterialUse::TrustAnchor, sha256));
  context.trust.push_back(source);
}

std::string admitted(const tls::TlsContext& before, const tls::TlsContext& after) {
  return let_in({{"it", &before}}, {{"it", &after}});
}

using Changes = std::vector<tests::Change>;

Changes changed(const tls::TlsContext& before, const tls::TlsContext& after) {
  return changes({{"it", &before}}, {{"it", &after}});
}

}  // namespace

TEST_CASE("context change: what is the same is no change and lets nothing in") {
  const tls::TlsContext context = endpoint(tls::Role::Upstream);
  CHECK(changed(context, context).empty());
  CHECK(admitted(context, context) == "");
}

TEST_CASE("context change: one version more is let in, one less is a change") {
  const tls::TlsContext narrow = endpoint(tls::Role::Listener);
  tls::TlsContext wide = narrow;
  wide.versions.value = {tls::kTls11, tls::kTls12};
  wide.ciphers.value[tls::kTls11] = {kAes};
  CHECK_THAT(admitted(narrow, wide), Catch::Contains("TLS 1.1; "));
  CHECK(admitted(wide, narrow) == "");
  const Changes expected = {{"it", "suites TLS 1.1", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", ""},
                            {"it", "versions", "TLS 1.1 and TLS 1.2", "TLS 1.2"}};
  CHECK(changed(wide, narrow) == expected);
}

TEST_CASE("context change: one suite more is let in, another order is a change") {
  const tls::CipherSuite other{0xc030};
  const tls::TlsContext one = endpoint(tls::Role::Listener);
  tls::TlsContext two = one;
  two.ciphers.value[tls::kTls12] = {kAes, other};
  tls::TlsContext turned = one;
  turned.ciphers.value[tls::kTls12] = {other, kAes};
  CHECK_THAT(admitted(one, two), Catch::Contains("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 in TLS 1.2"));
  CHECK(admitted(two, turned) == "");
  REQUIRE(changed(two, turned).size() == 1);
  CHECK(changed(two, turned).front().facet == "suites TLS 1.2");
}

TEST_CASE("context change: peers are let in where less is asked of them") {
  const tls::TlsContext listener = endpoint(tls::Role::Listener);
  tls::TlsContext open = listener;
  open.client_auth.value = tls::ClientAuth::Request;
  CHECK(admitted(listener, open) == "it: clients are asked less; \n");
  const tls::TlsContext upstream = endpoint(tls::Role::Upstream);
  tls::TlsContext blind = upstream;
  blind.verify_peer.value = tls::VerifyPeer::None;
  CHECK(admitted(upstream, blind) == "it: upstreams are verified less; \n");
  CHECK(admitted(blind, upstream) == "");
}

TEST_CASE("context change: inline certificates are told apart by what they are") {
  tls::TlsContext old_one = endpoint(tls::Role::Upstream);
  tls::TlsContext new_one = old_one;
  believe(old_one, "aa");
  believe(new_one, "bb");
  CHECK(admitted(old_one, new_one) == "it: trust in bb; \n");
  tls::TlsContext listed = old_one;
  listed.material.push_back(field(tls::MaterialUse::AllowList, "cc"));
  CHECK(admitted(old_one, listed) == "it: the client cc; \n");
}

TEST_CASE("context change: an endpoint that begins to serve is let in, one that is gone is a change") {
  const tls::TlsContext context = endpoint(tls::Role::Listener);
  tls::TlsContext broken = context;
  broken.start_failure = "no certificate";
  CHECK(admitted(broken, context) == "it: the endpoint; \n");
  CHECK(let_in({}, {{"it", &context}}) == "it: the endpoint\n");
  CHECK(changes({{"it", &context}}, {}) == Changes{{"it", "context", "there", ""}});
}

TEST_CASE("context change: a listener whose files are exchanged begins to serve when they are put right") {
  tls::TlsContext right = endpoint(tls::Role::Listener);
  right.material = {field(tls::MaterialUse::Certificate, "aa"), field(tls::MaterialUse::Certificate, "")};
  right.material[1].bundle.certificates.clear();
  right.material[1].bundle.private_keys.resize(1);
  right.identities = {{0, 1}};
  tls::TlsContext swapped = right;
  swapped.identities = {{1, 0}};
  CHECK(admitted(swapped, right) == "it: the endpoint; \n");
  CHECK(admitted(right, right) == "");
}

TEST_CASE("context change: a protocol that is listed twice counts once") {
  tls::TlsContext twice = endpoint(tls::Role::Listener);
  twice.alpn.value = {"h2", "http/1.1", "h2"};
  tls::TlsContext once = twice;
  once.alpn.value = {"h2", "http/1.1"};
  CHECK(changed(twice, once).empty());
}
