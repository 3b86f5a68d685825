// flex/duplicate-outbound-context: several outbound TLS policies for one Service.
#include <map>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_duplicate_outbound_context {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::TargetKind;

using Bindings = std::vector<std::size_t>;

/// The services that each policy is meant for, by namespace and name; also those that are not in the input.
std::map<std::string, Bindings> bindings_by_service(const Model& model) {
  std::map<std::string, Bindings> result;
  for (std::size_t index = 0; index < model.bindings.size(); ++index) {
    const Binding& binding = model.bindings[index];
    if (!gateways::flex::is_outbound(binding) || binding.form != Binding::Form::Resource) continue;
    if (!binding.upstreams.empty()) {
      for (const std::size_t upstream : binding.upstreams) {
        const auto& found = model.upstreams[upstream];
        const auto& resource = model.resources[found.resource];
        result[fmt::format("{}/{}", gateways::flex::namespace_of(resource), found.name)].push_back(index);
      }
      continue;
    }
    if (binding.target.kind != TargetKind::Service || binding.target.open || !binding.target.name.known()) continue;
    result[fmt::format("{}/{}", gateways::flex::target_namespace(model, binding), binding.target.name.value)].push_back(
        index);
  }
  return result;
}

Span place(const Binding& binding) {
  return binding.target.name.written() ? binding.target.name.where : binding.target.key;
}

void check(const Model& model, lint::Reporter& out) {
  for (const auto& [service, bindings] : bindings_by_service(model)) {
    if (bindings.size() < 2) continue;
    std::vector<std::string> names;
    for (const std::size_t index : bindings) names.push_back(model.bindings[index].subject);
    const Binding& last = model.bindings[bindings.back()];
    Finding& finding =
        out.add(place(last),
                fmt::format("Service '{}' has {} outbound TLS contexts ({}); which one wins is undefined, "
                            "so bind one alone",
                            service, bindings.size(), fmt::join(names, ", ")),
                last.subject);
    for (std::size_t i = 0; i + 1 < bindings.size(); ++i) {
      finding.related.push_back({place(model.bindings[bindings[i]]), "also bound here"});
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/duplicate-outbound-context",
    .summary = "a Service has more than one outbound TLS context",
    .why =
        "A context replaces the built-in one for its Service, and TLS policies have no order, so nothing says which of "
        "two holds. The weaker one may win, and it may be another one after the next start.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: merge the contexts into one PolicyBinding",
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
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-mtls
spec:
  targetRef:
    kind: Service
    name: billing  #~ flex/duplicate-outbound-context
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

}  // namespace tlsward::rules::flex_duplicate_outbound_context
