// flex/mixed-port-schemes: one port for http and https.
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_mixed_port_schemes {
namespace {

namespace flex = gateways::flex;

/// True where the two listen with different schemes; a template may write one without the other.
bool are_mixed(const flex::Model& model, const flex::Instance& a, const flex::Instance& b) {
  return a.parsed.scheme != b.parsed.scheme &&
         flex::are_together(model.resources[a.resource], model.resources[b.resource]);
}

std::string_view named(const flex::Model& model, const flex::Instance& instance) {
  return flex::called(model.resources[instance.resource]);
}

void check_port(const flex::Model& model, const flex::Port& port, lint::Reporter& out) {
  std::vector<const flex::Instance*> before;
  for (const std::size_t index : port.instances) {
    const flex::Instance& instance = model.instances[index];
    if (instance.parsed.scheme != "http" && instance.parsed.scheme != "https") continue;
    const auto other = std::find_if(before.begin(), before.end(), [&](const flex::Instance* candidate) {
      return are_mixed(model, *candidate, instance);
    });
    const flex::Instance* first = other == before.end() ? nullptr : *other;
    before.push_back(&instance);
    // One that has the first scheme is no news.
    if (!first || instance.parsed.scheme == before.front()->parsed.scheme) continue;
    Finding& finding =
        out.add(instance.address.where,
                fmt::format("port {} is both {} ('{}') and {} ('{}'); a port speaks one of them", port.number,
                            first->parsed.scheme, named(model, *first), instance.parsed.scheme, named(model, instance)),
                model.resources[instance.resource].subject);
    finding.related.push_back({first->address.where, "the other scheme"});
  }
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Port& port : model.ports) check_port(model, port, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/mixed-port-schemes",
    .summary = "two instances share a port with different schemes",
    .why =
        "All ApiInstances of one port share its listener and its TLS context. A port cannot speak TLS for one "
        "of them and plain HTTP for the other.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "none: give one of them another port or scheme",
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
  address: http://0.0.0.0:8443/bills  #~ flex/mixed-port-schemes
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
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_mixed_port_schemes
