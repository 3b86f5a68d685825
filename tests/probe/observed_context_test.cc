#include "probe/observed_context.h"

#include "tests/catch.h"
#include "tests/probe/healthy_endpoint.h"

using namespace tlsward;
using namespace tlsward::tests;
using probe::observed_context;
using tls::Origin;

namespace {

tls::CertificateFacts certificate(const std::string& subject, const std::string& issuer) {
  tls::CertificateFacts facts;
  facts.subject = "CN=" + subject;
  facts.issuer = "CN=" + issuer;
  facts.serial = "01";
  facts.sha256 = subject + " by " + issuer;
  return facts;
}

probe::HostResult healthy() {
  return healthy_endpoint({certificate("api.example", "CA"), certificate("CA", "Root")});
}

using Codes = std::vector<std::uint16_t>;

Codes codes(const tls::TlsContext& context, tls::Version version) {
  Codes result;
  for (const tls::CipherSuite suite : context.ciphers.value.at(version)) result.push_back(suite.code);
  return result;
}

}  // namespace

TEST_CASE("observed context: a complete scan makes every setting observed") {
  const tls::TlsContext context = observed_context(healthy());
  CHECK(tls::is_observed(context));
  CHECK(context.role == tls::Role::Listener);
  CHECK(context.subject == "api.example:443");
  CHECK(context.endpoint == "api.example:443");
  CHECK(context.hosts == std::vector<std::string>{"api.example"});
  CHECK_FALSE(context.loopback);
  CHECK(context.enabled);
  CHECK(context.min_version.value == tls::kTls12);
  CHECK(context.max_version.value == tls::kTls13);
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kTls12, tls::kTls13});
  CHECK(codes(context, tls::kTls12) == Codes{0xC02F, 0xC030, 0xCCA8});
  CHECK(codes(context, tls::kTls13) == Codes{0x1301, 0x1302, 0x1303});
  CHECK(context.cipher_order == tls::CipherOrder::Server);
  CHECK(context.groups.value == std::vector<tls::Group>{tls::kX25519MlKem768, tls::kX25519, tls::kP256});
  CHECK(context.groups_order == tls::CipherOrder::Server);
  CHECK(context.signatures.value == std::vector<tls::SignatureScheme>{{0x0804}, {0x0401}});
  CHECK(context.alpn.value == std::vector<std::string>{"h2", "http/1.1"});
  CHECK(context.client_auth.value == tls::ClientAuth::None);
  for (const Origin origin :
       {context.min_version.origin, context.max_version.origin, context.versions.origin, context.ciphers.origin,
        context.groups.origin, context.signatures.origin, context.alpn.origin, context.client_auth.origin})
    CHECK(origin == Origin::Observed);
  CHECK(context.trust.empty());
  CHECK_FALSE(context.trust_unknown);
}

TEST_CASE("observed context: the set of versions may have holes") {
  probe::HostResult result = healthy();
  result.versions[tls::kSsl3] = kYes;
  result.suites[tls::kSsl3] = suites({0x000A});
  const tls::TlsContext context = observed_context(result);
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kSsl3, tls::kTls12, tls::kTls13});
  CHECK(context.min_version.value == tls::kSsl3);
  CHECK(codes(context, tls::kSsl3) == Codes{0x000A});
}

TEST_CASE("observed context: a version that could not be told leaves the set and its near limit unresolved") {
  probe::HostResult result = healthy();
  result.versions[tls::kTls10] = kUnknown;
  const tls::TlsContext context = observed_context(result);
  CHECK(context.versions.origin == Origin::Unresolved);
  CHECK(context.versions.because == "TLS 1.0: no answer in 1.5 s");
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kTls12, tls::kTls13});
  CHECK(context.min_version.origin == Origin::Unresolved);
  CHECK(context.max_version.origin == Origin::Observed);
  // The unknown version may have suites and groups of its own.
  CHECK(context.ciphers.origin == Origin::Unresolved);
  CHECK(context.groups.origin == Origin::Unresolved);
}

TEST_CASE("observed context: a list with a gap keeps what was seen and says what is missing") {
  probe::HostResult result = healthy();
  result.suites[tls::kTls12].complete = false;
  result.suites[tls::kTls12].gap = "rate-limited";
  result.alpn.complete = false;
  const tls::TlsContext context = observed_context(result);
  CHECK(context.ciphers.origin == Origin::Unresolved);
  CHECK(context.ciphers.because == "suites of TLS 1.2: rate-limited");
  CHECK(codes(context, tls::kTls12) == Codes{0xC02F, 0xC030, 0xCCA8});
  CHECK(context.versions.origin == Origin::Observed);
  CHECK(context.alpn.origin == Origin::Unresolved);
  CHECK(context.alpn.because == "ALPN: not known");
}

TEST_CASE("observed context: an accepted version without a list of suites is a gap") {
  probe::HostResult result = healthy();
  result.suites.erase(tls::kTls13);
  const tls::TlsContext context = observed_context(result);
  CHECK(context.ciphers.origin == Origin::Unresolved);
  CHECK(context.ciphers.because == "suites of TLS 1.3: not known");
}

TEST_CASE("observed context: the groups of TLS 1.3 and of the older versions are both needed") {
  probe::HostResult result = healthy();
  result.groups.erase(tls::kTls12);
  CHECK(observed_context(result).groups.because == "groups below TLS 1.3: not known");
  result = healthy();
  result.groups.erase(tls::kTls13);
  CHECK(observed_context(result).groups.because == "groups of TLS 1.3: not known");
  result.versions[tls::kTls13] = kNo;
  result.suites.erase(tls::kTls13);
  CHECK(observed_context(result).groups.origin == Origin::Observed);
}

TEST_CASE("observed context: what was not asked is unresolved") {
  probe::HostResult result = healthy();
  result.signatures.clear();
  result.questions.clear();
  const tls::TlsContext context = observed_context(result);
  CHECK(context.signatures.origin == Origin::Unresolved);
  CHECK(context.client_auth.origin == Origin::Unresolved);
}

TEST_CASE("observed context: the order of the older versions is that of the endpoint") {
  probe::HostResult result = healthy();
  result.suites[tls::kTls12].order = probe::Order::Client;
  CHECK(observed_context(result).cipher_order == tls::CipherOrder::Client);
  result.suites[tls::kTls12].order = probe::Order::Unknown;
  CHECK(observed_context(result).cipher_order == tls::CipherOrder::Server);
  result.suites[tls::kTls13].order = probe::Order::Unknown;
  CHECK(observed_context(result).cipher_order == tls::CipherOrder::Unknown);
}

TEST_CASE("observed context: an accepted suite with a pre-shared key means that one is set") {
  probe::HostResult result = healthy();
  CHECK_FALSE(observed_context(result).psk_configurable);
  result.suites[tls::kTls12].accepted.push_back({{0x008C}, std::nullopt, 0, false});
  CHECK(observed_context(result).psk_configurable);
}

TEST_CASE("observed context: what is seen of client certificates") {
  using probe::Question;
  using tls::ClientAuth;
  struct Case {
    probe::Told requested, required;
    std::vector<std::string> authorities;
    ClientAuth expected;
    Origin origin;
  };
  const std::vector<Case> cases = {
      {kNo, kNo, {}, ClientAuth::None, Origin::Observed},
      {kNo, kUnknown, {}, ClientAuth::None, Origin::Observed},
      {kYes, kNo, {"CN=Clients"}, ClientAuth::Request, Origin::Observed},
      {kYes, kYes, {}, ClientAuth::RequireAny, Origin::Observed},
      {kYes, kYes, {"CN=Clients"}, ClientAuth::RequireAndVerify, Origin::Observed},
      {kYes, kUnknown, {}, ClientAuth::Request, Origin::Unresolved},
      {kUnknown, kUnknown, {}, ClientAuth::None, Origin::Unresolved},
  };
  for (const Case& one : cases) {
    probe::HostResult result = healthy();
    result.questions[Question::ClientCertificateRequested] = one.requested;
    result.questions[Question::ClientCertificateRequired] = one.required;
    result.client_cas = one.authorities;
    const tls::TlsContext context = observed_context(result);
    CHECK(context.client_auth.value == one.expected);
    CHECK(context.client_auth.origin == one.origin);
    REQUIRE(context.trust.size() == one.authorities.size());
    for (const tls::TrustSource& source : context.trust) {
      CHECK(source.kind == tls::TrustKind::Named);
      CHECK(source.note == "CN=Clients");
    }
  }
}

TEST_CASE("observed context: each chain is a certificate of the endpoint with its verdicts") {
  probe::HostResult result = healthy();
  result.chains.push_back(chain("ECDSA", {certificate("api.example", "EC-CA")}));
  result.chains.back().trusted = kNo;
  result.chains.back().complete = kUnknown;
  result.chains.back().host_matches = kNo;
  result.chains.back().ocsp_stapled = kYes;
  const tls::TlsContext context = observed_context(result);
  REQUIRE(context.material.size() == 2);
  REQUIRE(context.identities.size() == 2);
  const tls::Material& rsa = context.material[0];
  CHECK(rsa.field == "certificate chain (RSA)");
  CHECK(rsa.use == tls::MaterialUse::Certificate);
  CHECK(rsa.state == tls::MaterialState::Read);
  CHECK(rsa.written.empty());
  CHECK_FALSE(rsa.where.known());
  REQUIRE(rsa.bundle.certificates.size() == 2);
  CHECK(rsa.bundle.certificates[0].subject == "CN=api.example");
  CHECK(rsa.bundle.blocks.size() == 2);
  CHECK(rsa.bundle.problems.empty());
  CHECK(rsa.verdicts.trusted == true);
  CHECK(rsa.verdicts.stapled == false);
  CHECK_FALSE(rsa.verdicts.public_ca);
  const tls::ChainVerdicts& ecdsa = context.material[1].verdicts;
  CHECK(ecdsa.trusted == false);
  CHECK(ecdsa.complete == std::nullopt);
  CHECK(ecdsa.names_host == false);
  CHECK(ecdsa.stapled == true);
  CHECK(context.identities[1].certificate == 1);
  CHECK(context.identities[1].key == tls::kNoMaterial);
}

TEST_CASE("observed context: a trusted chain with timestamps of a log comes from a public CA") {
  probe::HostResult result = healthy();
  result.chains[0].scts_in_certificate = 2;
  CHECK(observed_context(result).material[0].verdicts.public_ca);
  result.chains[0].trusted = kNo;
  CHECK_FALSE(observed_context(result).material[0].verdicts.public_ca);
}

TEST_CASE("observed context: the same chain for other signatures is one chain") {
  probe::HostResult result = healthy();
  result.chains.push_back(result.chains[0]);
  result.chains.back().asked_for = "RSA-PSS";
  CHECK(observed_context(result).material.size() == 1);
}

TEST_CASE("observed context: a certificate that cannot be read is a problem and has no dates") {
  probe::HostResult result = healthy();
  tls::CertificateFacts broken;
  broken.sha256 = "ab";
  result.chains[0].certificates.insert(result.chains[0].certificates.begin() + 1, broken);
  const tls::Bundle bundle = observed_context(result).material[0].bundle;
  CHECK(bundle.certificates.size() == 2);
  REQUIRE(bundle.blocks.size() == 3);
  CHECK_FALSE(bundle.blocks[1].decoded);
  CHECK(bundle.blocks[2].index == 1);
  CHECK(bundle.problems == std::vector<std::string>{"certificate 2 of 3 is no X.509"});
}

TEST_CASE("observed context: an address is no name that a certificate must have") {
  probe::HostResult result = healthy();
  result.host = result.address = "127.0.0.1";
  result.sni.clear();
  result.chains[0].host_matches = kNo;
  const tls::TlsContext context = observed_context(result);
  CHECK(context.loopback);
  CHECK(context.hosts == std::vector<std::string>{"127.0.0.1"});
  CHECK(context.material[0].verdicts.names_host == std::nullopt);
  result.sni = "api.example";
  CHECK(observed_context(result).hosts == std::vector<std::string>{"api.example"});
  CHECK(observed_context(result).material[0].verdicts.names_host == false);
}

TEST_CASE("observed context: a port without TLS is not enabled and says why") {
  probe::HostResult result;
  result.host = "api.example";
  result.port = 80;
  result.trouble = {probe::Trouble::Kind::NotTls, "plain HTTP"};
  tls::TlsContext context = observed_context(result);
  CHECK_FALSE(context.enabled);
  CHECK(context.why_not == "plain HTTP");
  result.trouble = {};
  result.versions = {{tls::kTls12, kNo}, {tls::kTls13, kUnknown}};
  context = observed_context(result);
  CHECK_FALSE(context.enabled);
  CHECK(context.why_not == "TLS 1.3: no answer in 1.5 s");
  result.versions = {{tls::kTls12, kNo}, {tls::kTls13, kNo}};
  CHECK(observed_context(result).why_not == "no version of TLS was accepted");
}

TEST_CASE("observed place: endpoint, address and time of the scan") {
  probe::HostResult result = healthy();
  Endpoint place = probe::observed_place(result);
  CHECK(place.endpoint == "api.example:443");
  CHECK(place.address == "192.0.2.7");
  CHECK(place.probed == "2026-01-01T10:00:00Z");
  CHECK(place.milliseconds == 214);
  CHECK(place.part.empty());
  result.host = "::1";
  result.port = 8443;
  CHECK(probe::observed_place(result).endpoint == "[::1]:8443");
}

TEST_CASE("first gap: the first thing that a scan is for and that is not known") {
  probe::HostResult result = healthy();
  CHECK(probe::first_gap(result).empty());
  result.chains.clear();
  result.no_chain = "this OpenSSL has no X25519MLKEM768";
  CHECK(probe::first_gap(result) == "certificates: this OpenSSL has no X25519MLKEM768");
  result.groups[tls::kTls13].complete = false;
  CHECK(probe::first_gap(result) == "groups of TLS 1.3: not known");
  result.suites[tls::kTls12].complete = false;
  result.suites[tls::kTls12].gap = "one connection at a time";
  CHECK(probe::first_gap(result) == "suites of TLS 1.2: one connection at a time");
  result.versions[tls::kTls11] = kUnknown;
  CHECK(probe::first_gap(result) == "TLS 1.1: no answer in 1.5 s");
  result.trouble = {probe::Trouble::Kind::Refused, "connection refused"};
  CHECK(probe::first_gap(result) == "connection refused");
}
