// Which resources a policy applies to: by name within a namespace, or by the labels of a selector.
// https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide and, for selectors,
// https://docs.mulesoft.com/gateway/1.8/policies-included-tls
#include <algorithm>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/read.h"

namespace tlsward::gateways::flex {
namespace {

bool carries(const std::map<std::string, std::string>& labels, const std::map<std::string, std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& label) {
    const auto found = labels.find(label.first);
    return found != labels.end() && found->second == label.second;
  });
}

bool is_named(const Model& model, const Binding& binding, const Resource& resource) {
  const Target& target = binding.target;
  return target.name.known() && resource.name.known() && resource.name.value == target.name.value &&
         namespace_of(resource) == target_namespace(model, binding);
}

/// How the services of the inline model are called from outside is not documented; a name that fits is taken as meant.
bool is_named(const Model& model, const Binding& binding, const Upstream& upstream) {
  const Resource& resource = model.resources[upstream.resource];
  if (!upstream.inlined) return is_named(model, binding, resource);
  const std::string& name = binding.target.name.value;
  return binding.target.name.known() && namespace_of(resource) == target_namespace(model, binding) &&
         (name == upstream.name || name == resource.name.value + "-" + upstream.name);
}

bool selects(const Target& target, std::string_view kind, const Resource& resource) {
  return !target.open && (target.selects.empty() || target.selects == kind) && carries(resource.labels, target.labels);
}

bool applies(const Model& model, const Binding& binding, const Instance& instance) {
  if (binding.form == Binding::Form::Inlined) return binding.resource == instance.resource;
  const Resource& resource = model.resources[instance.resource];
  switch (binding.target.kind) {
    case TargetKind::Absent:  // the reference guide binds to an ApiInstance without naming the kind
    case TargetKind::ApiInstance:
      return is_named(model, binding, resource);
    case TargetKind::Selector:
      return selects(binding.target, "ApiInstance", resource);
    case TargetKind::Service:
    case TargetKind::Other:
      break;
  }
  return false;
}

bool applies(const Model& model, const Binding& binding, const Upstream& upstream) {
  if (pages_of(model.resources[binding.resource].version) < kOutboundOnService) {
    const bool calls = std::any_of(binding.instances.begin(), binding.instances.end(), [&](std::size_t instance) {
      return model.instances[instance].resource == upstream.resource;
    });
    if (calls) return true;
  }
  if (binding.target.kind == TargetKind::Service) return is_named(model, binding, upstream);
  return binding.target.kind == TargetKind::Selector && !upstream.inlined &&
         selects(binding.target, "Service", model.resources[upstream.resource]);
}

void bind(Model& model) {
  for (std::size_t b = 0; b < model.bindings.size(); ++b) {
    Binding& binding = model.bindings[b];
    if (binding.tls == kNone) continue;
    for (std::size_t i = 0; i < model.instances.size(); ++i) {
      if (!applies(model, binding, model.instances[i])) continue;
      binding.instances.push_back(i);
      if (is_inbound(binding)) model.instances[i].bindings.push_back(b);
    }
    for (std::size_t u = 0; is_outbound(binding) && u < model.upstreams.size(); ++u) {
      if (!applies(model, binding, model.upstreams[u])) continue;
      binding.upstreams.push_back(u);
      model.upstreams[u].bindings.push_back(b);
    }
  }
}

void find_ports(Model& model) {
  for (std::size_t i = 0; i < model.instances.size(); ++i) {
    const Instance& instance = model.instances[i];
    const std::string number = port_of(instance.parsed);
    if (!instance.address.known() || number.empty()) continue;
    auto port = std::find_if(model.ports.begin(), model.ports.end(),
                             [&](const Port& candidate) { return candidate.number == number; });
    if (port == model.ports.end()) port = model.ports.insert(port, Port{.number = number});
    port->instances.push_back(i);
    port->bindings.insert(port->bindings.end(), instance.bindings.begin(), instance.bindings.end());
  }
  for (Port& port : model.ports) {
    std::sort(port.bindings.begin(), port.bindings.end());
    port.bindings.erase(std::unique(port.bindings.begin(), port.bindings.end()), port.bindings.end());
  }
}

}  // namespace

bool applies_to(const Model& model, const Binding& binding, const Instance& instance) {
  return applies(model, binding, instance);
}

void resolve(Model& model) {
  bind(model);
  find_ports(model);
}

}  // namespace tlsward::gateways::flex
