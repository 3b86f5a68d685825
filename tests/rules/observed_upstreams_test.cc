// What lint says of a file when it also knows what a probe saw of the upstreams that the file calls.
#include "lint/run.h"
#include "tests/rules/observed_endpoint.h"

namespace {

using namespace tlsward;
using namespace tlsward::tests;

constexpr std::string_view kBilling = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata: {name: billing}
spec: {address: 'https://api.example'}
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata: {name: billing-tls}
spec:
  targetRef: {kind: Service, name: billing}
  policyRef: {name: tls-outbound, namespace: default}
  config:
    skipValidation: false
    trustedCA: |
      {{pem}}
    minversion: "1.2"
    maxversion: "1.2"
    ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
)";

/// What lint says of a Flex Gateway that calls the endpoint and trusts a CA of its own, apart from what it says without
/// the probe.
Strings new_rules(const HostResult& result) {
  CertificateFactory factory{std::chrono::floor<std::chrono::seconds>(kProbed)};
  std::string pem = *factory.make("own", "ca cn=Own-CA");
  for (std::size_t line = pem.find('\n'); line != std::string::npos && line + 1 < pem.size();
       line = pem.find('\n', line + 1))
    pem.insert(line + 1, "      ");
  std::string config(kBilling);
  config.replace(config.find("{{pem}}"), std::string_view("{{pem}}").size(), pem);
  lint::Options options;
  options.at = std::chrono::floor<std::chrono::seconds>(kProbed);
  const auto without = lint::run({{"gateway.yaml", config, "", true, 0}}, rules::all(), options);
  const std::vector<lint::ObservedEndpoint> observed = {{probe::observed_context(result), {}, ""}};
  options.observed = observed;
  const auto with = lint::run({{"gateway.yaml", config, "", true, 0}}, rules::all(), options);
  Strings before = rules_of(without->findings), after = rules_of(with->findings);
  for (const Finding& finding : with->findings) CHECK(span_of(finding).known());
  for (const std::string& rule : before) std::erase(after, rule);
  return after;
}

}  // namespace

TEST_CASE("lint with a probe result: a context that shares nothing with its upstream", "[rules]") {
  Chains chains;
  HostResult result = healthy(chains);
  result.chains.clear();
  only(result, tls::kTls13, {0x1301});
  CHECK(new_rules(result) == Strings{"flex/upstream-mismatch"});
  only(result, tls::kTls12, {0xC030});
  CHECK(new_rules(result) == Strings{"flex/upstream-mismatch"});
  result.suites[tls::kTls12].complete = false;
  CHECK(new_rules(result).empty());
  result = healthy(chains);
  result.chains.clear();
  CHECK(new_rules(result).empty());
  result.versions[tls::kTls12] = kNo;
  result.port = 8443;
  CHECK(new_rules(result).empty());
}

TEST_CASE("lint with a probe result: the chain that an upstream shows is judged by what the file trusts", "[rules]") {
  Chains chains;
  HostResult result = healthy(chains);
  CHECK(new_rules(result) == Strings{"cert/incomplete-chain"});
  show(result, chains("cn=www.example san=DNS:www.example no-ca issuer=ca chain"));
  CHECK(new_rules(result) == Strings{"cert/incomplete-chain", "cert/uncovered-host"});
}
