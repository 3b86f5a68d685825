// flex/shared-port-context: a TLS context that holds for other instances of its port too.
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

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Port& port : model.ports) {
    if (port.bindings.empty()) continue;
    std::vector<std::string> others;
    for (const std::size_t index : port.instances) {
      const flex::Instance& instance = model.instances[index];
      if (!instance.bindings.empty() || !is_known_to_have_none(instance)) continue;
      others.push_back(fmt::format("'{}'", flex::called(model.resources[instance.resource])));
    }
    if (others.empty()) continue;
    const flex::Binding& binding = model.bindings[port.bindings.front()];
    out.add(binding.policy.where,
            fmt::format("this TLS context also holds for {} on the same port {}", fmt::join(others, ", "), port.number),
            binding.subject);
  }
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
