// flex/conflicting-inbound-contexts: one port, two inbound TLS contexts.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_conflicting_inbound_contexts {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::Port;

/// The first policy of the port, then every one that says something else than those before it and stands beside them.
std::vector<std::size_t> distinct(const Model& model, const Port& port) {
  std::vector<std::size_t> result;
  std::vector<std::vector<std::string>> contents;
  for (const std::size_t index : port.bindings) {
    auto content = gateways::flex::content(model.tls_objects[model.bindings[index].tls]);
    const bool is_new = std::all_of(contents.begin(), contents.end(),
                                    [&](const auto& other) { return gateways::flex::differs(content, other); });
    const auto& resource = model.resources[model.bindings[index].resource];
    const bool is_beside = std::all_of(result.begin(), result.end(), [&](std::size_t other) {
      return gateways::flex::are_together(resource, model.resources[model.bindings[other].resource]);
    });
    if (!is_new || !is_beside) continue;
    result.push_back(index);
    contents.push_back(std::move(content));
  }
  return result;
}

void check(const Model& model, lint::Reporter& out) {
  for (const Port& port : model.ports) {
    const std::vector<std::size_t> bindings = distinct(model, port);
    if (bindings.size() < 2) continue;
    std::vector<std::string> names;
    for (const std::size_t index : bindings) names.push_back(model.bindings[index].subject);
    const Binding& last = model.bindings[bindings.back()];
    Finding& finding = out.add(
        last.policy.where,
        fmt::format("port {} would need {} different TLS contexts ({}), but inbound TLS applies to the whole port",
                    port.number, bindings.size(), fmt::join(names, ", ")),
        last.subject);
    for (std::size_t i = 0; i + 1 < bindings.size(); ++i) {
      finding.related.push_back({model.bindings[bindings[i]].policy.where, "another context for the same port"});
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/conflicting-inbound-contexts",
    .summary = "different inbound TLS contexts on one port",
    .why =
        "Flex Gateway ends TLS at the port: all API instances that share it share one context, even those without a "
        "policy of their own. Two contexts with different certificates, versions or client authentication cannot both "
        "hold, and which one does is not documented. Different certificates need different ports.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"},
              {"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: use one context for the port, or another port",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    name: tls
  config:
    certificate:
      key: $SERVER_KEY
      crt: $SERVER_CRT
    minversion: "1.2"
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: bills-tls
spec:
  targetRef:
    kind: ApiInstance
    name: bills
  policyRef:
    name: tls  #~ flex/conflicting-inbound-contexts
  config:
    certificate:
      key: $SERVER_KEY
      crt: $SERVER_CRT
    minversion: "1.3"
)"},
    .good = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
  address: https://0.0.0.0:9443/bills
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
      key: $SERVER_KEY
      crt: $SERVER_CRT
    minversion: "1.2"
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: bills-tls
spec:
  targetRef:
    kind: ApiInstance
    name: bills
  policyRef:
    name: tls
  config:
    certificate:
      key: $SERVER_KEY
      crt: $SERVER_CRT
    minversion: "1.3"
)"},
    .check = lint::on_model<gateways::flex::Model, check>,
};

}  // namespace tlsward::rules::flex_conflicting_inbound_contexts
