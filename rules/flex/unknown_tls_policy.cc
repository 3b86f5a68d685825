// flex/unknown-tls-policy: a policy name that only resembles one of the TLS policies.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "core/spelling.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unknown_tls_policy {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::ResourceKind;
using gateways::flex::TargetKind;

constexpr std::array<std::string_view, 3> kPolicies{"tls", "tls-inbound", "tls-outbound"};
// Words that names of TLS policies are made of; a name with any other word is some other policy.
constexpr std::array<std::string_view, 7> kWords{"tls", "mtls", "ssl", "inbound", "outbound", "policy", "flex"};

std::vector<std::string> words(std::string_view name) {
  std::vector<std::string> result(1);
  for (const char c : name) {
    if (c == '-' || c == '_' || c == ' ' || c == '.') {
      result.emplace_back();
    } else {
      result.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return result;
}

bool has(const std::vector<std::string>& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// The policy that was meant, or nothing where the name resembles none.
std::string_view meant(const Binding& binding) {
  const std::vector<std::string> all = words(binding.policy.value);
  const bool is_made_of_them = std::all_of(all.begin(), all.end(), [](const std::string& word) {
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
  });
  if (is_made_of_them && (has(all, "tls") || has(all, "mtls") || has(all, "ssl"))) {
    const bool is_outbound = has(all, "outbound") || binding.target.kind == TargetKind::Service;
    return is_outbound && !has(all, "inbound") ? "tls-outbound" : "tls";
  }
  const std::size_t distance = binding.policy.value.size() < 6 ? 1 : 2;
  return nearest(binding.policy.value, kPolicies, distance).value_or(std::string_view());
}

/// A policy of the user's own may have any name.
bool is_defined(const Model& model, std::string_view name) {
  return std::any_of(model.resources.begin(), model.resources.end(), [&](const auto& resource) {
    return resource.kind == ResourceKind::Other && resource.name.known() && resource.name.value == name;
  });
}

void check(const Model& model, lint::Reporter& out) {
  for (const Binding& binding : model.bindings) {
    if (binding.tls != gateways::flex::kNone || !binding.policy.known() || is_defined(model, binding.policy.value))
      continue;
    const std::string_view wanted = meant(binding);
    if (wanted.empty()) continue;
    Finding& finding =
        out.add(binding.policy.where,
                fmt::format("'{}' is no policy of Flex Gateway; the TLS policies are tls (or tls-inbound) and "
                            "tls-outbound",
                            binding.policy.value),
                binding.subject);
    finding.fix = out.replace(binding.policy.where, std::string(wanted), fmt::format("write {}", wanted), false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unknown-tls-policy",
    .summary = "the name of a TLS policy is misspelled",
    .why =
        "A PolicyBinding names its policy by policyRef.name. A name that no policy has leaves the target as it was: "
        "the upstream is called with the built-in context, or the API instance has no certificate. The TLS policies "
        "are called tls (also tls-inbound) and tls-outbound.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Configuring Policy Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, inbound TLS policy", "Configuring Policy Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .fix = "unsafe: write the name of the policy; it then takes effect",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: outbound-tls  #~ flex/unknown-tls-policy
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
)"},
    .good = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
)"},
    .check = lint::on_model<gateways::flex::Model, check>,
};

}  // namespace tlsward::rules::flex_unknown_tls_policy
