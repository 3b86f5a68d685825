// What rules say of contexts that no example can show: what a probe saw, what is known of an upstream, what another
// file may add.
#include <chrono>

#include "lint/rule.h"
#include "rules/all.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;

constexpr std::string_view kText = "min max list trust certificate";
constexpr Span kMin{1, 0, 3};
constexpr Span kMax{1, 4, 7};
constexpr Span kTrust{1, 13, 18};
constexpr Span kCertificate{1, 19, 30};

tls::Time day(int year, unsigned month, unsigned date) {
  using namespace std::chrono;
  return sys_days{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{date}};
}

/// What one rule of contexts says.
std::vector<Finding> judge(std::string_view id, const tls::TlsContext& context) {
  SourceMap sources;
  sources.add("gateway", std::string(kText));
  lint::Options options;
  options.at = day(2026, 11, 22);
  lint::InputSet set;
  set.sources = &sources;
  set.options = &options;
  set.gateway = gateways::find_gateway("krakend");
  const lint::Rule* rule = rules::find(id);
  REQUIRE(rule);
  std::vector<Finding> result;
  lint::Reporter out(set, *rule, result);
  std::get<lint::ContextCheck>(rule->check)(context, out);
  return result;
}

tls::TlsContext upstream() {
  tls::TlsContext context;
  context.role = tls::Role::Upstream;
  context.gateway = "krakend";
  context.gateway_name = "KrakenD";
  context.subject = "upstream";
  context.section = {1, 0, static_cast<std::uint32_t>(kText.size())};
  context.hosts = {"billing.example"};
  return context;
}

tls::CertificateFacts certificate(const std::string& subject, const std::string& issuer) {
  tls::CertificateFacts facts;
  facts.subject = "CN=" + subject;
  facts.issuer = "CN=" + issuer;
  facts.sha256 = subject + issuer;
  facts.has_san = true;
  facts.dns_names = {subject};
  facts.self_issued = facts.self_signed = subject == issuer;
  facts.not_before = day(2026, 1, 1);
  facts.not_after = day(2027, 1, 1);
  return facts;
}

tls::CertificateFacts authority(const std::string& subject, const std::string& issuer) {
  tls::CertificateFacts facts = certificate(subject, issuer);
  facts.is_ca = facts.has_basic_constraints = true;
  return facts;
}

void add(tls::TlsContext& context, tls::MaterialUse use, std::vector<tls::CertificateFacts> certificates) {
  tls::Material material;
  material.use = use;
  material.state = tls::MaterialState::Read;
  material.where = use == tls::MaterialUse::TrustAnchor ? kTrust : kCertificate;
  material.bundle.encoding = tls::Encoding::Pem;
  material.bundle.certificates = std::move(certificates);
  context.material.push_back(std::move(material));
  if (use == tls::MaterialUse::TrustAnchor) {
    context.trust.push_back({tls::TrustKind::Material, context.material.size() - 1, {}});
  }
}

}  // namespace

TEST_CASE("cert/incomplete-chain: a known upstream without a path to what is trusted is refused") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::KnownUpstream,
      {certificate("billing.example", "Issuer"), authority("Issuer", "Root")});
  add(context, tls::MaterialUse::TrustAnchor, {authority("Other", "Other")});
  const auto found = judge("cert/incomplete-chain", context);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Error);
  CHECK(span_of(found[0]) == kCertificate);
}

TEST_CASE("cert/incomplete-chain: a path through what the upstream shows is enough") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::KnownUpstream,
      {certificate("billing.example", "Issuer"), authority("Issuer", "Root")});
  add(context, tls::MaterialUse::TrustAnchor, {authority("Root", "Root")});
  CHECK(judge("cert/incomplete-chain", context).empty());
}

TEST_CASE("cert/incomplete-chain: certificates that issue each other end the search") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::KnownUpstream,
      {certificate("billing.example", "A"), authority("A", "B"), authority("B", "A")});
  add(context, tls::MaterialUse::TrustAnchor, {authority("Other", "Other")});
  CHECK(judge("cert/incomplete-chain", context).size() == 1);
}

TEST_CASE("cert/incomplete-chain: nothing is said where the system's certificates are trusted too") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::KnownUpstream, {certificate("billing.example", "Issuer")});
  context.trust.push_back({tls::TrustKind::System, tls::kNoMaterial, {}});
  CHECK(judge("cert/incomplete-chain", context).empty());
  context.trust.clear();
  context.trust_unknown = true;
  CHECK(judge("cert/incomplete-chain", context).empty());
}

TEST_CASE("cert/uncovered-host: a known upstream is called by a name that it does not have") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::KnownUpstream, {certificate("orders.example", "Issuer")});
  REQUIRE(judge("cert/uncovered-host", context).size() == 1);
  context.verify_peer = {tls::VerifyPeer::None, tls::Origin::Written, kTrust, {}};
  CHECK(judge("cert/uncovered-host", context).empty());
}

TEST_CASE("cert/expired-certificate: a known upstream and an allowed client may have expired, too") {
  tls::TlsContext context = upstream();
  tls::CertificateFacts old = certificate("billing.example", "Issuer");
  old.not_after = day(2026, 11, 21);
  for (const auto use : {tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList}) {
    context.material.clear();
    add(context, use, {old});
    const auto found = judge("cert/expired-certificate", context);
    REQUIRE(found.size() == 1);
    CHECK(found[0].message.find("2026-11-21 (1 day ago)") != std::string::npos);
  }
}

TEST_CASE("cert/non-ca-anchor: allow-lists name certificates that sign nothing") {
  tls::TlsContext context = upstream();
  add(context, tls::MaterialUse::AllowList, {certificate("client", "Issuer")});
  CHECK(judge("cert/non-ca-anchor", context).empty());
}

TEST_CASE("cert/missing-client-eku: an allowed client without clientAuth is a warning") {
  tls::TlsContext context = upstream();
  context.role = tls::Role::Listener;
  tls::CertificateFacts client = certificate("client", "Issuer");
  client.has_eku = true;
  client.extended_key_usage = {"serverAuth"};
  add(context, tls::MaterialUse::AllowList, {client});
  const auto found = judge("cert/missing-client-eku", context);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Warning);
}

TEST_CASE("cert/unstapled-must-staple: of other gateways nobody knows whether they staple") {
  tls::TlsContext context = upstream();
  context.role = tls::Role::Listener;
  tls::CertificateFacts leaf = certificate("api.example", "Issuer");
  leaf.must_staple = true;
  add(context, tls::MaterialUse::Certificate, {leaf});
  CHECK(judge("cert/unstapled-must-staple", context).size() == 1);
  context.gateway = "flex";
  CHECK(judge("cert/unstapled-must-staple", context).empty());
}

TEST_CASE("tls/obsolete-version: what a probe saw needs no setting") {
  tls::TlsContext context = upstream();
  context.versions = {{tls::kTls10, tls::kTls12}, tls::Origin::Default, {}, {}};
  CHECK(judge("tls/obsolete-version", context).empty());
  context.gateway = {};
  context.versions.origin = tls::Origin::Observed;
  CHECK(judge("tls/obsolete-version", context).size() == 1);
}

TEST_CASE("tls/inverted-version-range: a gateway that raises the maximum still works") {
  tls::TlsContext context = upstream();
  context.min_version = {tls::kTls13, tls::Origin::Written, kMin, {}};
  context.max_version = {tls::kTls12, tls::Origin::Written, kMax, {}};
  context.versions.value = {tls::kTls13};
  auto found = judge("tls/inverted-version-range", context);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Warning);
  context.start_failure = "minTLS cannot be greater than maxTLS";
  found = judge("tls/inverted-version-range", context);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Error);
  CHECK(found[0].message.find("KrakenD refuses to start") != std::string::npos);
}

TEST_CASE("tls/empty-client-trust: a file outside the input may name the clients") {
  tls::TlsContext context = upstream();
  context.role = tls::Role::Listener;
  context.client_certificate_required = {true, tls::Origin::Written, kTrust, {}};
  CHECK(judge("tls/empty-client-trust", context).size() == 1);
  context.trust_unknown = true;
  CHECK(judge("tls/empty-client-trust", context).empty());
  context.trust_elsewhere = "security.certificates.apis of tyk.conf";
  const auto found = judge("tls/empty-client-trust", context);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Info);
  CHECK(found[0].message.find("unless security.certificates.apis of tyk.conf names some") != std::string::npos);
}

TEST_CASE("tls/empty-client-trust: trusting only itself lets nobody in, trusting its own CA does") {
  tls::TlsContext context = upstream();
  context.role = tls::Role::Listener;
  context.client_auth = {tls::ClientAuth::RequireAndVerify, tls::Origin::Written, kTrust, {}};
  add(context, tls::MaterialUse::Certificate, {certificate("api.example", "Issuer")});
  context.trust = {{tls::TrustKind::Material, 0, "served"}};
  CHECK(judge("tls/empty-client-trust", context).size() == 1);
  context.material[0].bundle.certificates.push_back(authority("Issuer", "Root"));
  CHECK(judge("tls/empty-client-trust", context).empty());
}

TEST_CASE("tls/unverified-peer: a link of the gateway itself is a warning") {
  tls::TlsContext context = upstream();
  context.verify_peer = {tls::VerifyPeer::None, tls::Origin::Written, kTrust, {}};
  CHECK(judge("tls/unverified-peer", context)[0].severity == Severity::Error);
  context.reach = tls::Reach::Link;
  CHECK(judge("tls/unverified-peer", context)[0].severity == Severity::Warning);
  context.verify_peer.origin = tls::Origin::Unresolved;
  CHECK(judge("tls/unverified-peer", context).empty());
}
