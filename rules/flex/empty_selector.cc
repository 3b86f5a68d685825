// flex/empty-selector: a TLS policy whose selector matches nothing.
#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_empty_selector {
namespace {

namespace flex = gateways::flex;

bool carries(const flex::Resource& resource, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& label) {
    const auto found = resource.labels.find(label.first);
    return found != resource.labels.end() && found->second == label.second;
  });
}

/// A resource whose labels are not all known may be meant; so is one whose `spec` cannot be read.
bool may_select(const flex::Model& model, const flex::Binding& binding) {
  const std::string& kind = binding.target.selects;
  return std::any_of(model.resources.begin(), model.resources.end(), [&](const flex::Resource& resource) {
    if (!kind.empty() && kind != resource.kind_text.value) return false;
    const bool can_be_selected =
        resource.kind == flex::ResourceKind::ApiInstance || resource.kind == flex::ResourceKind::Service;
    return resource.labels_open || (can_be_selected && carries(resource, binding.target.labels));
  });
}

bool selects_nothing(const flex::Binding& binding) {
  if (binding.tls == flex::kNone || binding.target.kind != flex::TargetKind::Selector || binding.target.open)
    return false;
  // Of the wrong kind: flex/inbound-not-on-instance.
  if (flex::is_inbound(binding) && binding.target.selects == "Service") return false;
  return binding.instances.empty() && binding.upstreams.empty();
}

void check(const flex::Model& model, lint::Reporter& out) {
  if (flex::count(model, flex::ResourceKind::ApiInstance) == 0) return;
  for (const flex::Binding& binding : model.bindings) {
    if (!selects_nothing(binding) || may_select(model, binding)) continue;
    const std::string_view kind =
        binding.target.selects.empty() ? "resource" : std::string_view(binding.target.selects);
    Finding& finding = out.add(binding.target.key,
                               fmt::format("the selector matches no {} of the input, so that {} applies to nothing",
                                           kind, binding.policy.value),
                               binding.subject);
    // A single file may not be all that the gateway reads.
    if (!out.options().read.from_directory) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/empty-selector",
    .summary = "the selector of a TLS policy matches no resource",
    .why =
        "A policy with a selector applies to every resource that carries its labels. Where none does, for a "
        "typo mostly, the listener keeps its other context or none, and nothing says so.",
    .cites = {{"Flex Gateway 1.8, secure APIs with an automated policy", "",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-secure-api-with-auto-policy"}},
    .severity = Severity::Warning,
    .fix = "none: make the labels match",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
  labels:
    secured: "yes"
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:  #~ flex/empty-selector
    kind: Selector
    selector:
      kind: ApiInstance
      labels:
        secured: "yess"
  policyRef:
    name: tls
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
  labels:
    secured: "yes"
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: Selector
    selector:
      kind: ApiInstance
      labels:
        secured: "yes"
  policyRef:
    name: tls
  config:
    certificate:
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_empty_selector
