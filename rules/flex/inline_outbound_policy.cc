// flex/inline-outbound-policy: tls-outbound among the policies of an ApiInstance.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_inline_outbound_policy {
namespace {

namespace flex = gateways::flex;

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (!flex::is_outbound(binding) || binding.form != flex::Binding::Form::Inlined) continue;
    const gateways::GatewayVersion& version = model.resources[binding.resource].version;
    if (!version.guessed && version.number < flex::kOutboundOnService) continue;
    Finding& finding = out.add(
        binding.policy.where,
        "tls-outbound stands among the policies of an ApiInstance; bind it to the Service, not to the ApiInstance",
        binding.subject);
    if (version.guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/inline-outbound-policy",
    .summary = "tls-outbound stands among the policies of an ApiInstance",
    .why =
        "Since Flex Gateway 1.5 the outbound context belongs to the upstream Service. Among the policies of "
        "an ApiInstance it does not reach the upstream, which is called with the built-in context: no CA of "
        "yours, no client certificate.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, declarative configuration", "ApiInstance, spec.policies",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "none: move it to a PolicyBinding with kind: Service",
    .replaces = {"flex/outbound-not-on-service"},
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
  services:
    billing:
      address: https://billing.example:443
  policies:
    - policyRef:
        name: tls-outbound  #~ flex/inline-outbound-policy
      config:
        skipValidation: false
        trustedCA: $BILLING_CA
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_inline_outbound_policy
