// flex/wrong-policy-namespace: a TLS policy that is looked for in a namespace where it is not.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_wrong_policy_namespace {
namespace {

namespace flex = gateways::flex;

/// The namespace that the policy is looked for in, where it is known and not that of the provided policies.
std::string wrong_namespace(const flex::Model& model, const flex::Binding& binding) {
  const flex::Resource& resource = model.resources[binding.resource];
  const flex::Text& text = binding.policy_namespace.written() ? binding.policy_namespace : resource.name_space;
  return text.known() && !text.value.empty() && text.value != flex::kDefaultNamespace ? text.value : std::string();
}

/// Somebody has a policy of their own by this name.
bool is_defined(const flex::Model& model, std::string_view name, std::string_view name_space) {
  return std::any_of(model.resources.begin(), model.resources.end(), [&](const flex::Resource& resource) {
    return resource.kind_text.value == "PolicyDefinition" && resource.name.value == name &&
           flex::namespace_of(resource) == name_space;
  });
}

void check_absent(const flex::Binding& binding, std::string_view name_space, lint::Reporter& out) {
  Finding& finding =
      out.add(binding.policy.where,
              fmt::format("policyRef.namespace is taken to be '{}', but the provided policies live in '{}'", name_space,
                          flex::kDefaultNamespace),
              binding.subject);
  const Node* reference = binding.policy_reference;
  if (reference && !reference->find("namespace") && !reference->used_at.known())
    finding.fix =
        out.insert(reference->where, "namespace", lint::spelled(flex::kDefaultNamespace, reference->where, out), false);
}

void check_written(const flex::Binding& binding, std::string_view name_space, lint::Reporter& out) {
  Finding& finding = out.add(binding.policy_namespace.where,
                             fmt::format("policyRef.namespace is '{}', but the provided policies live in '{}'",
                                         name_space, flex::kDefaultNamespace),
                             binding.subject);
  if (!binding.policy_namespace.shared)
    finding.fix = out.replace(binding.policy_namespace.where,
                              lint::spelled(flex::kDefaultNamespace, binding.policy_namespace.where, out),
                              fmt::format("write {}", flex::kDefaultNamespace), false);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (binding.form == flex::Binding::Form::Bare || binding.tls == flex::kNone) continue;
    const std::string name_space = wrong_namespace(model, binding);
    if (name_space.empty() || is_defined(model, binding.policy.value, name_space)) continue;
    if (binding.policy_namespace.written()) {
      check_written(binding, name_space, out);
    } else {
      check_absent(binding, name_space, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/wrong-policy-namespace",
    .summary = "a provided TLS policy is looked for outside the namespace default",
    .why =
        "Where policyRef names no namespace, the one of the binding or ApiInstance is taken. The policies that "
        "come with the product live in the namespace default, so that one elsewhere finds none, and the TLS "
        "context is not there.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "PolicyBinding, spec.policyRef.namespace",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "unsafe: namespace: default; the policy then takes effect",
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
