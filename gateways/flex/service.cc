#include "gateways/flex/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "gateways/flex/model.h"
#include "gateways/flex/service_leftovers.h"
#include "gateways/flex/service_routes.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::flex {
namespace {

template <class Number>
std::optional<Number> to_number(std::string_view text) {
  Number number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return {};
  return number;
}

/// The path of an address as what requests begin with: "/orders"; empty for "/".
std::string prefix_of(const Address& address) {
  std::string path = address.path.substr(0, address.path.find_first_of("?#"));
  while (path.ends_with('/')) path.pop_back();
  return path;
}

std::string text_of(const Node* node) {
  return std::string(node != nullptr && node->is_scalar() && !node->is_null() && is_known(*node) ? node->scalar
                                                                                                 : std::string_view());
}

class Builder {
 public:
  Builder(const Model& model, const Reading& reading, Service& service)
      : model_(model), reading_(reading), service_(service) {}

  void build() {
    service_.not_found = {404, "", "", {}};
    for (const Port& port : model_.ports) add_port(port);
    note_unplaced();
    note_resource_leftovers(model_, notes_);
    service_.notes = notes_.sentences();
    if (!service_.ports.empty()) return;
    service_.problem = model_.instances.empty() ? "there is no ApiInstance, so nothing listens"
                       : missing_.empty()       ? "no ApiInstance has an address that is known"
                                                : missing_;
  }

 private:
  const std::string& subject_of(const Instance& instance) const { return model_.resources[instance.resource].subject; }

  void leave_aside(std::string_view place, std::string_view why) {
    notes_.add(place, fmt::format("{}, so it is left aside", why));
  }

  /// Instances that listen on no port.
  void note_unplaced() {
    for (const Instance& instance : model_.instances) {
      if (!instance.address.known())
        leave_aside(subject_of(instance),
                    instance.address.written()
                        ? fmt::format("its address is {}, which is not known", instance.address.value)
                        : "it has no address");
      else if (port_of(instance.parsed).empty())
        leave_aside(subject_of(instance), fmt::format("its address {} names no port", instance.address.value));
    }
  }

  void add_port(const Port& port) {
    const auto number = to_number<std::uint16_t>(port.number);
    if (!number || *number == 0) {
      notes_.say(fmt::format("port {} is no port number, so nothing is served there", port.number));
      return;
    }
    if (port.contexts.empty()) {
      missing_ = fmt::format("port {} is https, and no tls policy with its certificate is in the input", port.number);
      notes_.say(missing_ + ", so it is left aside");
      return;
    }
    const tls::TlsContext& context = reading_.contexts[port.contexts.front()];
    if (port.contexts.size() > 1)
      notes_.say(fmt::format("port {}: several tls policies apply to it; {} is served", port.number, context.subject));
    ServicePort served{*number, model_.instances[port.instances.front()].parsed.host, {}, false, {}};
    served.contexts.push_back({{}, port.contexts.front()});
    service_.ports.push_back(std::move(served));
    add_instances(port, context.enabled);
  }

  /// A longer path is the narrower one.
  void add_instances(const Port& port, bool is_tls) {
    std::vector<const Instance*> instances;
    for (const std::size_t index : port.instances) instances.push_back(&model_.instances[index]);
    const auto by_length = [](const Instance* a, const Instance* b) {
      return prefix_of(a->parsed).size() > prefix_of(b->parsed).size();
    };
    std::stable_sort(instances.begin(), instances.end(), by_length);
    std::vector<std::string> taken;
    for (const Instance* instance : instances) {
      const std::string prefix = prefix_of(instance->parsed);
      if (std::find(taken.begin(), taken.end(), prefix) != taken.end())
        notes_.add(subject_of(*instance), "another ApiInstance has its port and path, and is asked first");
      taken.push_back(prefix);
      if (is_tls && instance->parsed.scheme == "http")
        notes_.add(subject_of(*instance),
                   "its address is http://, but a tls policy applies to its port: TLS is served");
      add_instance(*instance);
    }
  }

  void add_instance(const Instance& instance) {
    note_instance_leftovers(model_, instance, notes_);
    const Node* services = instance.spec->find("services");
    const bool has_services = services != nullptr && !services->members.empty();
    if (has_services) {
      for (const Upstream& upstream : model_.upstreams) {
        if (upstream.inlined && upstream.resource == instance.resource) add_service(instance, upstream);
      }
    }
    const std::vector<const Binding*> policies = route_policies(instance);
    for (const Binding* policy : policies) add_policy(instance, *policy);
    if (!has_services && policies.empty()) add_only_service(instance);
  }

  /// What all routes to the upstream share; nullopt, with a note, where it cannot be called.
  std::optional<ServiceRoute> base_route(const Instance& instance, const Upstream& upstream) {
    const Address& address = upstream.parsed;
    if (!upstream.address.known()) {
      leave_aside(upstream.subject, upstream.address.written()
                                        ? fmt::format("its address is {}, which is not known", upstream.address.value)
                                        : "it has no address");
      return {};
    }
    if ((address.scheme != "http" && address.scheme != "https") || address.host.empty()) {
      leave_aside(upstream.subject,
                  fmt::format("its address {} is neither http:// nor https://", upstream.address.value));
      return {};
    }
    ServiceRoute route;
    route.name = fmt::format("{} {}", subject_of(instance), upstream.name);
    route.port = service_.ports.size() - 1;
    route.where = instance.spec->where;
    route.path_prefix = prefix_of(instance.parsed);
    const bool v6 = address.host.find(':') != std::string::npos;
    route.upstream = fmt::format("{}://{}{}{}", address.scheme, v6 ? "[" + address.host + "]" : address.host,
                                 address.port.empty() ? "" : ":", address.port);
    route.base_path = prefix_of(address);
    if (address.scheme == "https" && !upstream.contexts.empty()) route.upstream_context = upstream.contexts.front();
    if (upstream.contexts.size() > 1)
      notes_.add(upstream.subject, fmt::format("several tls-outbound policies apply to it; {} is used",
                                               reading_.contexts[upstream.contexts.front()].subject));
    return route;
  }

  void add_routes(std::vector<ServiceRoute> routes) {
    for (ServiceRoute& route : routes) service_.routes.push_back(std::move(route));
  }

  /// An entry of `services`. Without routes it takes every path.
  void add_service(const Instance& instance, const Upstream& upstream) {
    const auto base = base_route(instance, upstream);
    if (!base) return;
    const Node* routes = upstream.node->find("routes");
    if (routes == nullptr || routes->items.empty()) return add_routes(routes_of_rules(*base, nullptr, {}, notes_));
    for (std::size_t i = 0; i < routes->items.size(); ++i) {
      const Node& item = routes->items[i];
      const std::string place = fmt::format("{}.routes[{}]", upstream.subject, i);
      ServiceRoute route = *base;
      if (!add_destination_path(item.find("config"), place + ".config", route, notes_)) continue;
      add_routes(routes_of_rules(route, item.find("rules"), place + ".rules", notes_));
    }
  }

  /// By `order` where each of them has one, else as they stand in the files.
  std::vector<const Binding*> route_policies(const Instance& instance) const {
    std::vector<const Binding*> policies;
    for (const Binding& binding : model_.bindings) {
      const bool routes = binding.policy.known() && is_route_policy(binding.policy.value);
      if (routes && applies_to(model_, binding, instance)) policies.push_back(&binding);
    }
    const auto order_of = [](const Binding* binding) {
      return binding->order != nullptr ? to_number<long>(text_of(&binding->order->value)) : std::nullopt;
    };
    const bool ordered = std::all_of(policies.begin(), policies.end(),
                                     [&](const Binding* binding) { return order_of(binding).has_value(); });
    if (ordered)
      std::stable_sort(policies.begin(), policies.end(),
                       [&](const Binding* a, const Binding* b) { return order_of(a) < order_of(b); });
    return policies;
  }

  void add_policy(const Instance& instance, const Binding& policy) {
    const Node* destination = policy.config;
    const Node* weighted = destination != nullptr ? destination->find("routes") : nullptr;
    if (policy.policy.value == "route-weighted") {
      if (weighted == nullptr || weighted->items.empty()) return leave_aside(policy.subject, "it names no destination");
      if (weighted->items.size() > 1)
        notes_.add(policy.subject, fmt::format("of its {} destinations the first is called", weighted->items.size()));
      destination = &weighted->items.front();
    }
    const Node* reference = destination != nullptr ? destination->find("destinationRef") : nullptr;
    const Upstream* upstream = service_named(policy, reference);
    if (upstream == nullptr) return leave_aside(policy.subject, "its destination is not known or not in the input");
    auto route = base_route(instance, *upstream);
    if (!route || !add_destination_path(destination, policy.subject, *route, notes_)) return;
    const Node* rules = policy.rules != nullptr ? &policy.rules->value : nullptr;
    add_routes(routes_of_rules(*route, rules, policy.subject + " rules", notes_));
  }

  const Upstream* service_named(const Binding& policy, const Node* reference) const {
    if (reference == nullptr) return nullptr;
    const std::string name = text_of(reference->find("name"));
    std::string name_space = text_of(reference->find("namespace"));
    if (name_space.empty()) name_space = namespace_of(model_.resources[policy.resource]);
    const auto found = std::find_if(model_.upstreams.begin(), model_.upstreams.end(), [&](const Upstream& upstream) {
      return !name.empty() && !upstream.inlined && upstream.name == name &&
             namespace_of(model_.resources[upstream.resource]) == name_space;
    });
    return found == model_.upstreams.end() ? nullptr : &*found;
  }

  /// Nothing says whom the instance calls; where there is one service alone, that is meant.
  void add_only_service(const Instance& instance) {
    std::vector<const Upstream*> services;
    for (const Upstream& upstream : model_.upstreams) {
      if (!upstream.inlined) services.push_back(&upstream);
    }
    const std::string& subject = subject_of(instance);
    if (services.empty()) return notes_.add(subject, "it has no service to send requests to, so it answers 404");
    if (services.size() > 1) return notes_.add(subject, "no route leads to any of the services, so it answers 404");
    notes_.add(subject,
               fmt::format("no route leads from it; requests go to the only service, {}", services.front()->subject));
    if (const auto base = base_route(instance, *services.front()))
      add_routes(routes_of_rules(*base, nullptr, {}, notes_));
  }

  const Model& model_;
  const Reading& reading_;
  Service& service_;
  ServiceNotes notes_;
  std::string missing_;  // why a port is not served
};

}  // namespace

Service service(std::span<const Claimed>, const Reading& reading) {
  Service result;
  Builder(std::any_cast<const Model&>(reading.model), reading, result).build();
  return result;
}

}  // namespace tlsward::gateways::flex
