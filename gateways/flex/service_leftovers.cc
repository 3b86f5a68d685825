#include "gateways/flex/service_leftovers.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "gateways/flex/service_routes.h"

namespace tlsward::gateways::flex {
namespace {

using Keys = std::span<const std::string_view>;

constexpr std::string_view kSpec[] = {"address", "services", "policies"};
constexpr std::string_view kService[] = {"address", "routes"};
constexpr std::string_view kRoute[] = {"config", "rules"};

void note_others(const Node& object, Keys served, const std::string& place, ServiceNotes& notes) {
  for (const Member& member : object.members) {
    const bool is_served = std::find(served.begin(), served.end(), member.key) != served.end();
    if (!is_served && !is_inert(member.value)) notes.add(place, fmt::format("{} is left aside", member.key));
  }
}

}  // namespace

void note_resource_leftovers(const Model& model, ServiceNotes& notes) {
  for (const Binding& binding : model.bindings) {
    if (binding.tls != kNone) continue;
    if (!binding.policy.known())
      notes.add(binding.subject, "which policy it is about is not known, so it is left aside");
    else if (!is_route_policy(binding.policy.value))
      notes.add(binding.subject, fmt::format("the policy {} is left aside", binding.policy.value));
  }
  for (const Resource& resource : model.resources) {
    const bool is_policy = resource.subject == "policies";
    if (resource.kind == ResourceKind::Configuration || (resource.kind == ResourceKind::Other && !is_policy))
      notes.add(resource.subject, "it is left aside");
  }
}

void note_instance_leftovers(const Model& model, const Instance& instance, ServiceNotes& notes) {
  const std::string& subject = model.resources[instance.resource].subject;
  note_others(*instance.spec, kSpec, subject, notes);
  const Node* services = instance.spec->find("services");
  if (services == nullptr) return;
  for (const Member& service : services->members) {
    const std::string place = fmt::format("{} services.{}", subject, service.key);
    note_others(service.value, kService, place, notes);
    const Node* routes = service.value.find("routes");
    if (routes == nullptr) continue;
    for (const Node& route : routes->items) note_others(route, kRoute, place + ".routes", notes);
  }
}

}  // namespace tlsward::gateways::flex
