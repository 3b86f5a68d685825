// flex/inbound-not-on-instance: an inbound TLS policy that is bound to a Service.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_inbound_not_on_instance {
namespace {

namespace flex = gateways::flex;

/// Where the target says that it is a Service, or that Services are selected; else no place.
Span service(const flex::Target& target) {
  if (target.kind == flex::TargetKind::Service) return target.kind_text.where;
  if (target.kind != flex::TargetKind::Selector || target.selects != "Service") return {};
  const Node* selector = target.node->find("selector");
  const Node* kind = selector ? selector->find("kind") : nullptr;
  return kind ? kind->where : Span{};
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (!flex::is_inbound(binding)) continue;
    const Span where = service(binding.target);
    if (!where.known()) continue;
    out.add(where,
            fmt::format("the inbound policy '{}' is bound to a Service; it must target an ApiInstance, or a Selector "
                        "of ApiInstance",
                        binding.policy.value),
            binding.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/inbound-not-on-instance",
    .summary = "an inbound TLS policy is bound to a Service, or selects Services",
    .why =
        "The policies tls and tls-inbound configure a listener, and listeners belong to ApiInstances. Bound "
        "to a Service the policy configures nothing, and the listener is left without it.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .fix = "none: bind it to the ApiInstance",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: orders
spec:
  address: https://orders.internal:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: Service  #~ flex/inbound-not-on-instance
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

}  // namespace tlsward::rules::flex_inbound_not_on_instance
