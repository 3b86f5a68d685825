// flex/shared-port-context: a TLS context that holds for other instances of its port too.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_shared_port_context {
namespace {

namespace flex = gateways::flex;

/// Of an instance without a TLS policy: none may hide behind a template.
bool is_known_to_have_none(const flex::Instance& instance) {
  const Node* policies = instance.spec->find("policies");
  return !instance.spec->open && (!policies || (!policies->open && !policies->unresolved));
}

/// True where an inbound policy names a target that is not known: any instance may be meant.
bool has_unknown_target(const flex::Model& model) {
  return std::any_of(model.bindings.begin(), model.bindings.end(), [](const flex::Binding& binding) {
    const flex::Target& target = binding.target;
    return flex::is_inbound(binding) && (target.open || target.name.unresolved || target.kind_text.unresolved);
  });
}

bool is_every_address(std::string_view host) {
  return host == "0.0.0.0" || host == "::" || host == "[::]";
}

/// True where one listener serves both: on different addresses one port may have two.
bool share_listener(const flex::Model& model, const flex::Instance& bound, const flex::Instance& other) {
  const std::string& a = bound.parsed.host;
  const std::string& b = other.parsed.host;
  const bool meet = a == b || is_every_address(a) || is_every_address(b);
  const flex::Binding& binding = model.bindings[bound.bindings.front()];
  const flex::Resource& resource = model.resources[other.resource];
  return meet && flex::are_together(model.resources[bound.resource], resource) &&
         flex::are_together(model.resources[binding.resource], resource);
}

/// The instances without a policy that have that of `bound`. One for http is flex/mixed-port-schemes.
std::vector<const flex::Instance*> covered(const flex::Model& model, const flex::Port& port,
                                           const flex::Instance& bound) {
  std::vector<const flex::Instance*> result;
  for (const std::size_t index : port.instances) {
    const flex::Instance& other = model.instances[index];
    if (!other.bindings.empty() || other.parsed.scheme != "https" || !is_known_to_have_none(other)) continue;
    if (share_listener(model, bound, other)) result.push_back(&other);
  }
  return result;
}

void check_port(const flex::Model& model, const flex::Port& port, lint::Reporter& out) {
  for (const std::size_t index : port.instances) {
    const flex::Instance& bound = model.instances[index];
    if (bound.bindings.empty()) continue;
    const std::vector<const flex::Instance*> others = covered(model, port, bound);
    if (others.empty()) continue;
    std::vector<std::string> names;
    for (const flex::Instance* other : others) {
      names.push_back(fmt::format("'{}'", flex::called(model.resources[other->resource])));
    }
    const flex::Binding& binding = model.bindings[bound.bindings.front()];
    Finding& finding =
        out.add(binding.policy.where,
                fmt::format("the TLS context {} of '{}' also holds for {} on the same port {}", binding.subject,
                            flex::called(model.resources[bound.resource]), fmt::join(names, ", "), port.number),
                binding.subject);
    for (const flex::Instance* other : others) finding.related.push_back({other->address.where, "the same port"});
    return;
  }
}

void check(const flex::Model& model, lint::Reporter& out) {
  if (has_unknown_target(model)) return;
  for (const flex::Port& port : model.ports) check_port(model, port, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/shared-port-context",
    .summary = "a TLS context also holds for other instances of its port",
    .why =
        "ApiInstances on one port share its listener, and the TLS policy of one of them is that of all. That "
        "may be meant; with client certificates or a narrow range of versions it surprises the others.",
    .cites = {{"Flex Gateway, TLS contexts in connected mode", "Shared ports",
               "https://docs.mulesoft.com/gateway/1.8/flex-conn-tls-config"}},
    .severity = Severity::Info,
    .fix = "none: accept it, or give the other another port",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: bills
spec:
  address: https://0.0.0.0:8443/bills
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls  #~ flex/shared-port-context
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
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
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

}  // namespace tlsward::rules::flex_shared_port_context
