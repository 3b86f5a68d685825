// flex/multiple-default-contexts: several TLS contexts for the calls of policies.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_multiple_default_contexts {
namespace {

namespace flex = gateways::flex;

/// The first of those before `index` that is there together with it, or nullptr.
const flex::TlsObject* earlier(const flex::Model& model, std::size_t index) {
  const flex::TlsObject& object = model.tls_objects[model.policy_calls[index]];
  for (std::size_t i = 0; i < index; ++i) {
    const flex::TlsObject& other = model.tls_objects[model.policy_calls[i]];
    if (flex::are_together(model.resources[other.resource], model.resources[object.resource])) return &other;
  }
  return nullptr;
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (std::size_t i = 1; i < model.policy_calls.size(); ++i) {
    const flex::TlsObject* first = earlier(model, i);
    if (!first) continue;
    const flex::TlsObject& other = model.tls_objects[model.policy_calls[i]];
    Finding& finding =
        out.add(other.key,
                fmt::format("defaultTLS.outboundPolicyCalls is defined in {} and in {}; only one can hold",
                            model.resources[first->resource].subject, model.resources[other.resource].subject),
                other.subject);
    finding.related.push_back({first->key, "first defined here"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/multiple-default-contexts",
    .summary = "several Configurations define the TLS context for the calls of policies",
    .why =
        "defaultTLS.outboundPolicyCalls holds for the whole gateway: for every call that a policy makes, to "
        "an identity provider for example. Two definitions leave open whose trust anchors count.",
    .cites = {{"Flex Gateway, TLS contexts of policies", "",
               "https://docs.mulesoft.com/gateway/latest/policies-tls-configuration"}},
    .severity = Severity::Error,
    .fix = "none: keep one",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Configuration
metadata:
  name: idp
spec:
  defaultTLS:
    outboundPolicyCalls:
      skipValidation: false
      trustedCA: $IDP_CA
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: Configuration
metadata:
  name: audit
spec:
  defaultTLS:
    outboundPolicyCalls:  #~ flex/multiple-default-contexts
      skipValidation: false
      trustedCA: $AUDIT_CA
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Configuration
metadata:
  name: idp
spec:
  defaultTLS:
    outboundPolicyCalls:
      skipValidation: false
      trustedCA: $IDP_CA
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_multiple_default_contexts
