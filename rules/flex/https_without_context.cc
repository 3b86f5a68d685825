// flex/https-without-context: an instance that listens with https and has no TLS policy.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_https_without_context {
namespace {

namespace flex = gateways::flex;

/// What the input leaves open: policies that may apply to anything, to what carries labels, or to a port.
struct Unclear {
  bool anything = false;
  bool labels = false;
};

bool may_be_inbound(const flex::Binding& binding) {
  return flex::is_inbound(binding) || binding.policy.unresolved;
}

/// The namespace that the target is looked for in is not known.
bool has_unclear_namespace(const flex::Model& model, const flex::Binding& binding) {
  return !binding.target.name_space.written() && model.resources[binding.resource].name_space.unresolved;
}

Unclear unclear(const flex::Model& model) {
  Unclear result;
  for (const flex::Binding& binding : model.bindings) {
    if (!may_be_inbound(binding) || binding.form == flex::Binding::Form::Inlined) continue;
    const bool selects = binding.target.kind == flex::TargetKind::Selector;
    result.anything = result.anything || binding.policy.unresolved || binding.target.open ||
                      (!selects && has_unclear_namespace(model, binding));
    result.labels = result.labels || selects;
  }
  // A policy whose port is not known may be that of any.
  for (const flex::Instance& instance : model.instances)
    result.anything = result.anything || (!instance.bindings.empty() && instance.address.unresolved);
  return result;
}

/// A policy may be there that is not seen.
bool is_unclear(const flex::Model& model, const flex::Instance& instance, const Unclear& unclear) {
  const flex::Resource& resource = model.resources[instance.resource];
  if (resource.open || resource.name.unresolved || resource.name_space.unresolved) return true;
  if (resource.labels_open && unclear.labels) return true;
  if (instance.spec->open) return true;
  const bool has_unclear_policy = std::any_of(model.bindings.begin(), model.bindings.end(), [&](const auto& binding) {
    return binding.resource == instance.resource && binding.policy.unresolved;
  });
  const Node* policies = instance.spec->find("policies");
  return has_unclear_policy || (policies && (policies->open || policies->unresolved));
}

bool is_covered(const flex::Model& model, std::size_t index) {
  if (!model.instances[index].bindings.empty()) return true;
  return std::any_of(model.ports.begin(), model.ports.end(), [&](const flex::Port& port) {
    const auto& on_port = port.instances;
    return !port.bindings.empty() && std::find(on_port.begin(), on_port.end(), index) != on_port.end();
  });
}

/// The policy may stand in another file than the one that was given.
bool is_whole(const lint::InputSet& set) {
  if (set.options->read.from_directory) return true;
  const FileId first = set.documents.empty() ? 0 : set.documents.front().document->file;
  return std::any_of(set.documents.begin(), set.documents.end(),
                     [&](const gateways::Claimed& claimed) { return claimed.document->file != first; });
}

void check(const flex::Model& model, lint::Reporter& out) {
  const Unclear unclear_policies = unclear(model);
  if (unclear_policies.anything) return;
  const Severity severity = is_whole(out.set()) ? Severity::Error : Severity::Info;
  for (std::size_t i = 0; i < model.instances.size(); ++i) {
    const flex::Instance& instance = model.instances[i];
    if (!instance.address.known() || instance.parsed.scheme != "https") continue;
    if (is_covered(model, i) || is_unclear(model, instance, unclear_policies)) continue;
    const flex::Resource& resource = model.resources[instance.resource];
    out.add(severity, instance.address.where,
            fmt::format("ApiInstance '{}' uses https but has no 'tls' policy in this input", flex::called(resource)),
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
