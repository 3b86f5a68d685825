// flex/https-without-context: an instance that listens with https and has no TLS policy.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_https_without_context {
namespace {

namespace flex = gateways::flex;

/// Some inbound policy may apply to anything.
bool is_unclear(const flex::Binding& binding) {
  const flex::Target& target = binding.target;
  return flex::is_inbound(binding) && (target.open || target.name.unresolved || target.kind_text.unresolved);
}

bool is_covered(const flex::Model& model, std::size_t index) {
  if (!model.instances[index].bindings.empty()) return true;
  return std::any_of(model.ports.begin(), model.ports.end(), [&](const flex::Port& port) {
    const auto& on_port = port.instances;
    return !port.bindings.empty() && std::find(on_port.begin(), on_port.end(), index) != on_port.end();
  });
}

std::size_t files(const lint::InputSet& set) {
  std::set<FileId> ids;
  for (const gateways::Claimed& claimed : set.documents) ids.insert(claimed.document->file);
  return ids.size();
}

void check(const flex::Model& model, lint::Reporter& out) {
  if (std::any_of(model.bindings.begin(), model.bindings.end(), is_unclear)) return;
  // The policy may stand in another file.
  const Severity severity = files(out.set()) > 1 ? Severity::Error : Severity::Info;
  for (std::size_t i = 0; i < model.instances.size(); ++i) {
    const flex::Instance& instance = model.instances[i];
    const flex::Resource& resource = model.resources[instance.resource];
    if (!instance.address.known() || instance.parsed.scheme != "https" || resource.open || is_covered(model, i))
      continue;
    out.add(severity, instance.address.where,
            fmt::format("ApiInstance '{}' uses https but has no 'tls' policy in this input", resource.name.value),
            resource.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/https-without-context",
    .summary = "an instance listens with https and has no TLS policy",
    .why =
        "With https:// in its address an ApiInstance needs an inbound TLS context with a certificate: from a "
        "policy bound to it, by a selector, or from another instance on the same port. Without one no "
        "handshake can work. Where only one file is given the policy may stand elsewhere, which is an info.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: bind a tls policy",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders  #~ flex/https-without-context
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

}  // namespace tlsward::rules::flex_https_without_context
