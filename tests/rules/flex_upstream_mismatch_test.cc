// flex/upstream-mismatch compares a context with what a probe saw; lint has no probe, so its context is made here.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rule.h"
#include "lint/run.h"
#include "rules/all.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;

constexpr tls::CipherSuite kAes128Gcm{0xC02F};
constexpr tls::CipherSuite kAes128Cbc{0xC013};
constexpr tls::CipherSuite kTls13Aes128{0x1301};

using Ciphers = std::map<tls::Version, std::vector<tls::CipherSuite>>;

/// Service and policy with these settings, read but not judged.
std::unique_ptr<lint::Run> declared(std::string_view settings, const lint::Options& options) {
  std::string text =
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: Service\nmetadata: {name: billing}\n"
      "spec: {address: 'https://billing.example'}\n---\n"
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: PolicyBinding\nmetadata: {name: billing-tls}\nspec:\n"
      "  targetRef: {kind: Service, name: billing}\n  policyRef: {name: tls-outbound}\n  config:\n"
      "    skipValidation: false\n";
  text += settings;
  return lint::run({{"gateway.yaml", text, "", true, 0}}, {}, options);
}

tls::TlsContext seen(const std::string& endpoint, const Ciphers& ciphers) {
  tls::TlsContext context;
  context.role = tls::Role::Listener;
  context.subject = context.endpoint = endpoint;
  context.hosts = {endpoint.substr(0, endpoint.find(':'))};
  for (const auto& [version, suites] : ciphers) context.versions.value.push_back(version);
  context.versions.origin = tls::Origin::Observed;
  context.ciphers = {ciphers, tls::Origin::Observed, {}, {}};
  return context;
}

/// What the rule says of the settings and an upstream that was probed.
std::vector<Finding> findings(std::string_view settings, const tls::TlsContext& observed) {
  const lint::Options options;
  const std::unique_ptr<lint::Run> run = declared(settings, options);
  REQUIRE(run->sets.size() == 1);
  lint::InputSet* set = run->sets[0].get();
  set->observed.push_back(&observed);
  const lint::Rule* rule = rules::find("flex/upstream-mismatch");
  REQUIRE(rule);
  std::vector<Finding> result;
  lint::Reporter out(*set, *rule, result);
  std::get<lint::SetCheck>(rule->check)(*set, out);
  return result;
}

}  // namespace

TEST_CASE("flex/upstream-mismatch: no version is in both") {
  const auto found =
      findings("    maxversion: \"1.2\"\n", seen("billing.example:443", {{tls::kTls13, {kTls13Aes128}}}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::Error);
  CHECK(found[0].subject == "PolicyBinding/billing-tls");
  CHECK(found[0].message ==
        "billing.example:443 was seen with TLS 1.3, this context has TLS 1.2; no version is in both");
}

TEST_CASE("flex/upstream-mismatch: no suite is in both") {
  const auto found = findings("    maxversion: \"1.2\"\n    ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]\n",
                              seen("billing.example:443", {{tls::kTls11, {kAes128Cbc}}, {tls::kTls12, {kAes128Cbc}}}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].message ==
        "billing.example:443 was seen with no cipher suite of this context for TLS 1.2; no handshake can succeed");
}

TEST_CASE("flex/upstream-mismatch: one shared suite is enough") {
  CHECK(findings("    maxversion: \"1.2\"\n", seen("billing.example:443", {{tls::kTls12, {kAes128Cbc, kAes128Gcm}}}))
            .empty());
  CHECK(
      findings("", seen("billing.example:443", {{tls::kTls12, {kAes128Cbc}}, {tls::kTls13, {kTls13Aes128}}})).empty());
}

TEST_CASE("flex/upstream-mismatch: another endpoint says nothing, nor does a context that is not known") {
  const Ciphers tls13 = {{tls::kTls13, {kTls13Aes128}}};
  CHECK(findings("    maxversion: \"1.2\"\n", seen("billing.example:8443", tls13)).empty());
  CHECK(findings("    maxversion: \"1.2\"\n", seen("other.example:443", tls13)).empty());
  CHECK(findings("    maxversion: $MAX\n", seen("billing.example:443", tls13)).empty());
}
