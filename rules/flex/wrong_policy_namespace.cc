// flex/wrong-policy-namespace: a TLS policy that is looked for in a namespace where it is not.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_wrong_policy_namespace {
namespace {

namespace flex = gateways::flex;

/// The map `policyRef`, as far as it stands where it should.
const Node* policy_reference(const flex::Resource& resource) {
  const Node* spec = resource.document->root.find("spec");
  return spec ? spec->find("policyRef") : nullptr;
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    const flex::Resource& resource = model.resources[binding.resource];
    if (binding.form != flex::Binding::Form::Resource || binding.tls == flex::kNone) continue;
    if (!resource.name_space.known() || flex::namespace_of(resource) == flex::kDefaultNamespace) continue;
    if (binding.policy_namespace.written()) continue;
    Finding& finding =
        out.add(binding.policy.where,
                fmt::format("policyRef.namespace is taken to be '{}', but the provided policies live in '{}'",
                            flex::namespace_of(resource), flex::kDefaultNamespace),
                binding.subject);
    const Node* reference = policy_reference(resource);
    if (reference && reference->is_map() && !reference->used_at.known())
      finding.fix = out.insert(reference->where, "namespace", flex::kDefaultNamespace, false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/wrong-policy-namespace",
    .summary = "a provided TLS policy is looked for outside the namespace default",
    .why =
        "Where policyRef names no namespace, the one of the binding is taken. The policies that come with the "
        "product live in the namespace default, so that a binding elsewhere finds none, and the TLS context "
        "is not there.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "PolicyBinding, spec.policyRef.namespace",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "unsafe: add namespace: default; the policy then takes effect",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
  namespace: shop
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
  namespace: shop
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls  #~ flex/wrong-policy-namespace
  config:
    certificate:
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
  namespace: shop
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
  namespace: shop
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
    namespace: default
  config:
    certificate:
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_wrong_policy_namespace
