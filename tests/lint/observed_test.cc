#include "lint/observed.h"

#include <string>
#include <vector>

#include "tests/catch.h"

using namespace tlsward;

namespace {

using Strings = std::vector<std::string>;

lint::Rule make_rule(std::string_view id, lint::Check check, std::vector<std::string_view> replaces = {},
                     std::vector<std::string_view> replaces_in_context = {}) {
  lint::Rule rule{};
  rule.id = id;
  rule.check = check;
  rule.replaces = std::move(replaces);
  rule.replaces_in_context = std::move(replaces_in_context);
  return rule;
}

void report_context(const tls::TlsContext& context, lint::Reporter& out) {
  out.add(context, Span{}, "the endpoint");
}

void report_leaves(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate))
    out.add(context, leaf, tls::describe(leaf));
}

void report_certificates(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto& certificate : tls::certificates(context, tls::MaterialUse::Certificate))
    out.add(context, certificate, tls::describe(certificate));
}

void report_chains(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) out.add(context, material, "a chain");
}

void report_set(const lint::InputSet&, lint::Reporter& out) {
  out.add(Span{}, "a set");
}

void report_document(const gateways::Claimed&, lint::Reporter& out) {
  out.add(Span{}, "a document");
}

const Endpoint kPlace{"api.example:443", "192.0.2.7", "2026-01-01T10:00:00Z", 214, {}};

tls::CertificateFacts certificate(const std::string& subject, const std::string& issuer, const std::string& sha256) {
  tls::CertificateFacts facts;
  facts.subject = "CN=" + subject;
  facts.issuer = "CN=" + issuer;
  facts.sha256 = sha256;
  return facts;
}

tls::Material chain(const std::string& key, std::vector<tls::CertificateFacts> certificates) {
  tls::Material material;
  material.field = "certificate chain (" + key + ")";
  material.state = tls::MaterialState::Read;
  material.bundle.certificates = std::move(certificates);
  return material;
}

/// Two chains for one name with the same intermediate.
tls::TlsContext endpoint(const std::string& name = "api.example:443") {
  tls::TlsContext context;
  context.subject = context.endpoint = name;
  const tls::CertificateFacts issuer = certificate("CA", "Root", "03");
  context.material = {chain("RSA", {certificate("api.example", "CA", "01"), issuer}),
                      chain("ECDSA", {certificate("api.example", "CA", "02"), issuer})};
  return context;
}

template <class... Rules>
std::vector<Finding> judge(const lint::Options& options, const Rules&... rules) {
  const std::vector<const lint::Rule*> list = {&rules...};
  return lint::judge_observed(endpoint(), kPlace, list, options);
}

Strings words(const std::vector<Finding>& findings) {
  Strings result;
  for (const Finding& finding : findings) result.push_back(std::string(finding.rule) + ": " + finding.message);
  return result;
}

const lint::Rule kContext = make_rule("tls/context", report_context);
const lint::Rule kLeaves = make_rule("cert/leaves", report_leaves);

}  // namespace

TEST_CASE("judge observed: findings stand at the endpoint and are about it") {
  const auto found = judge({}, kContext);
  REQUIRE(found.size() == 1);
  CHECK(std::get<Endpoint>(found[0].place) == kPlace);
  CHECK(found[0].subject == "api.example:443");
  CHECK(found[0].confidence == Confidence::High);
  CHECK_FALSE(found[0].fix.has_value());
}

TEST_CASE("judge observed: only checks of a context in the groups tls and cert are asked") {
  const lint::Rule set = make_rule("tls/set", report_set);
  const lint::Rule document = make_rule("tls/document", report_document);
  const lint::Rule engine = make_rule("config/syntax-error", std::monostate{});
  const lint::Rule product = make_rule("krakend/context", report_context);
  CHECK(words(judge({}, kLeaves, engine, product, kContext, document, set)) ==
        Strings{"cert/leaves: 'CN=api.example'", "cert/leaves: 'CN=api.example'", "tls/context: the endpoint"});
}

TEST_CASE("judge observed: a finding about a certificate names its chain, one about all chains each of them") {
  auto found = judge({}, kLeaves);
  REQUIRE(found.size() == 2);
  CHECK(std::get<Endpoint>(found[0].place).part == "certificate chain (RSA)");
  CHECK(std::get<Endpoint>(found[1].place).part == "certificate chain (ECDSA)");
  CHECK(judge({}, make_rule("cert/chains", report_chains)).size() == 2);
}

TEST_CASE("judge observed: the same certificate in two chains is one finding") {
  const auto found = judge({}, make_rule("cert/certificates", report_certificates));
  CHECK(words(found) == Strings{"cert/certificates: 'CN=api.example'", "cert/certificates: 'CN=CA'",
                                "cert/certificates: 'CN=api.example'"});
}

TEST_CASE("judge observed: a rule replaces another one of the same chain, not of the whole endpoint") {
  const lint::Rule general = make_rule("cert/a-general", report_leaves);
  const lint::Rule special = make_rule("cert/special", report_chains, {"cert/a-general", "tls/context"});
  CHECK(words(judge({}, general, special, kContext)) ==
        Strings{"cert/special: a chain", "cert/special: a chain", "tls/context: the endpoint"});
  const lint::Rule wide = make_rule("tls/wide", report_context, {"tls/context"});
  CHECK(judge({}, kContext, wide).size() == 2);
}

TEST_CASE("judge observed: a rule that replaces others in its context does so for the endpoint") {
  const lint::Rule strong = make_rule("tls/strong", report_context, {}, {"tls/context", "cert/leaves"});
  CHECK(words(judge({}, kLeaves, kContext, strong)) == Strings{"tls/strong: the endpoint"});
}

TEST_CASE("judge observed: select and ignore hold") {
  lint::Options options;
  options.select = {"cert"};
  CHECK(words(judge(options, kLeaves, kContext)).size() == 2);
  options.select = {};
  options.ignore = {"cert/leaves"};
  CHECK(words(judge(options, kLeaves, kContext)) == Strings{"tls/context: the endpoint"});
}

TEST_CASE("run observed: endpoints in the order given, gaps as errors") {
  const std::vector<const lint::Rule*> rules = {&kContext};
  std::vector<lint::ObservedEndpoint> endpoints(3);
  endpoints[0] = {endpoint("b.example:443"), {"b.example:443", "192.0.2.2", "2026-01-01T10:00:00Z", 1, {}}, ""};
  endpoints[1] = {endpoint("a.example:443"), {"a.example:443", "", "", 0, {}}, "connection refused"};
  endpoints[1].context.enabled = false;
  endpoints[2] = {endpoint("c.example:443"), {"c.example:443", "", "", 0, {}}, "suites of TLS 1.2: rate-limited"};
  const lint::Options options;
  const auto run = lint::run_observed(endpoints, rules, options);
  CHECK(run->endpoints == 2);
  CHECK(run->files == 0);
  REQUIRE(run->findings.size() == 2);
  CHECK(std::get<Endpoint>(run->findings[0].place).endpoint == "b.example:443");
  CHECK(std::get<Endpoint>(run->findings[1].place).endpoint == "c.example:443");
  REQUIRE(run->errors.size() == 2);
  CHECK(run->errors[0].path == "a.example:443");
  CHECK(run->errors[0].message == "connection refused");
  CHECK(lint::exit_code(*run, options) == 3);
}

TEST_CASE("fingerprints: endpoint and part take the place of path and value") {
  const std::vector<const lint::Rule*> rules = {&kLeaves};
  std::vector<lint::ObservedEndpoint> endpoints(2);
  endpoints[0] = {endpoint(), kPlace, ""};
  endpoints[1] = {endpoint("b.example:443"), {"b.example:443", "192.0.2.7", "2026-01-01T10:00:00Z", 214, {}}, ""};
  const lint::Options options;
  const auto run = lint::run_observed(endpoints, rules, options);
  const auto before = lint::fingerprints(*run, {});
  REQUIRE(before.size() == 4);
  CHECK(before[0] != before[1]);
  CHECK(before[0] != before[2]);
  endpoints[0].place.address = "192.0.2.8";
  endpoints[0].place.probed = "2026-02-02T10:00:00Z";
  const auto again = lint::run_observed(endpoints, rules, options);
  CHECK(lint::fingerprints(*again, {}) == before);
}

TEST_CASE("attach observed: an upstream knows the chains of the endpoint that it calls") {
  const std::vector<lint::ObservedEndpoint> observed = {{endpoint("api.example:443"), {}, ""},
                                                        {endpoint("api.example:8443"), {}, ""}};
  lint::InputSet set;
  for (const std::string_view called : {"https://API.example/v1", "other.example", ""}) {
    tls::TlsContext& upstream = set.reading.contexts.emplace_back();
    upstream.role = tls::Role::Upstream;
    upstream.endpoint = called;
  }
  set.reading.contexts.emplace_back().endpoint = "api.example:8443";  // a listener calls nobody
  lint::attach_observed(set, lint::by_authority(observed));
  REQUIRE(set.observed.size() == 1);
  CHECK(set.observed[0] == &observed[0].context);
  const tls::TlsContext& upstream = set.reading.contexts[0];
  REQUIRE(upstream.material.size() == 2);
  CHECK(upstream.material[0].use == tls::MaterialUse::KnownUpstream);
  CHECK(upstream.material[0].field == "certificate chain (RSA) of api.example:443");
  CHECK(tls::describe(tls::server_leaves(upstream)[0]) == "'CN=api.example' of api.example:443");
  CHECK(tls::server_leaves(upstream).size() == 2);
  for (const std::size_t other : {1U, 2U, 3U}) CHECK(set.reading.contexts[other].material.empty());
}

TEST_CASE("attach observed: an endpoint that spoke no TLS says nothing") {
  std::vector<lint::ObservedEndpoint> observed = {{endpoint(), {}, ""}};
  observed[0].context.enabled = false;
  CHECK(lint::by_authority(observed).empty());
}
