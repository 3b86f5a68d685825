#include "gateways/flex/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "gateways/flex/model.h"

namespace tlsward::gateways::flex {
namespace {

std::string text_of(const Node* node) {
  return std::string(node != nullptr && node->is_scalar() && !node->is_null() ? node->scalar : std::string_view());
}

std::optional<std::uint16_t> to_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || port == 0) return {};
  return port;
}

/// The path of an address as what requests begin with: "/orders"; empty for "/".
std::string prefix_of(const Address& address) {
  std::string path = address.path;
  while (path.ends_with('/')) path.pop_back();
  return path;
}

class Builder {
 public:
  Builder(const Reading& reading, const Model& model, Service& service)
      : reading_(reading), model_(model), service_(service) {}

  void build() {
    service_.not_found = {404, "", "", {}};  // as Envoy: no body
    for (const Port& port : model_.ports) add_port(port);
    if (service_.ports.empty() && service_.problem.empty())
      service_.problem = model_.instances.empty() ? "there is no ApiInstance, so nothing listens"
                                                  : "no ApiInstance has an address that is known";
    // A longer base path is the narrower one.
    std::stable_sort(service_.routes.begin(), service_.routes.end(),
                     [](const ServiceRoute& a, const ServiceRoute& b) { return base_size(a) > base_size(b); });
  }

 private:
  static std::size_t base_size(const ServiceRoute& route) {
    return route.kind == PatternKind::Prefix ? route.pattern.size() : route.pattern.find('(');
  }

  std::size_t listener_context(const Port& port) const {
    for (std::size_t i = 0; i < reading_.contexts.size(); ++i) {
      const tls::TlsContext& context = reading_.contexts[i];
      if (context.role != tls::Role::Listener) continue;
      for (const std::size_t binding : port.bindings) {
        if (context.subject == model_.tls_objects[model_.bindings[binding].tls].subject) return i;
      }
      const bool here = std::any_of(port.instances.begin(), port.instances.end(), [&](std::size_t instance) {
        return context.subject == model_.resources[model_.instances[instance].resource].subject;
      });
      if (here && port.bindings.empty()) return i;
    }
    return kNoIndex;
  }

  void add_port(const Port& port) {
    const auto number = to_port(port.number);
    if (!number) return;
    const std::size_t context = listener_context(port);
    if (context == kNoIndex) {
      service_.notes.push_back(fmt::format("port {}: no tls policy is in the input, so it is left aside", port.number));
      if (service_.problem.empty() && model_.ports.size() == 1)
        service_.problem =
            fmt::format("port {} is https, and no tls policy with its certificate is in the input", port.number);
      return;
    }
    if (port.bindings.size() > 1)
      service_.notes.push_back(fmt::format("port {}: several tls policies apply to it; {} is served", port.number,
                                           reading_.contexts[context].subject));
    service_.ports.push_back({*number, model_.instances[port.instances.front()].parsed.host, {{{}, context}}, false});
    for (const std::size_t instance : port.instances) add_instance(model_.instances[instance]);
  }

  void add_instance(const Instance& instance) {
    const Resource& resource = model_.resources[instance.resource];
    const Node* spec = resource.document->root.find("spec");
    const Node* services = spec != nullptr ? spec->find("services") : nullptr;
    if (services == nullptr || services->members.empty()) {
      add_only_service(instance);
      return;
    }
    for (const Member& member : services->members) add_service(instance, member);
  }

  const Upstream* inlined(const Instance& instance, std::string_view name) const {
    const auto found = std::find_if(model_.upstreams.begin(), model_.upstreams.end(), [&](const Upstream& upstream) {
      return upstream.inlined && upstream.resource == instance.resource && upstream.name == name;
    });
    return found == model_.upstreams.end() ? nullptr : &*found;
  }

  void add_only_service(const Instance& instance) {
    const Upstream* only = nullptr;
    for (const Upstream& upstream : model_.upstreams) {
      if (upstream.inlined) continue;
      if (only != nullptr) {
        service_.notes.push_back(fmt::format("{}: it names no service, and there are several; it answers 404",
                                             model_.resources[instance.resource].subject));
        return;
      }
      only = &upstream;
    }
    const Resource& resource = model_.resources[instance.resource];
    if (only == nullptr) {
      service_.notes.push_back(fmt::format("{}: there is no service to send requests to", resource.subject));
      return;
    }
    service_.notes.push_back(
        fmt::format("{}: it names no service; requests go to the only one, {}", resource.subject, only->subject));
    ServiceRoute route = base_route(instance, *only);
    add_prefix(instance, std::move(route));
  }

  ServiceRoute base_route(const Instance& instance, const Upstream& upstream) {
    ServiceRoute route;
    route.name = fmt::format("{} {}", model_.resources[instance.resource].subject, upstream.name);
    route.port = service_.ports.size() - 1;
    route.where = model_.resources[instance.resource].where;
    const Address& address = upstream.parsed;
    const bool v6 = address.host.find(':') != std::string::npos;
    route.upstream = fmt::format("{}://{}{}{}", address.scheme, v6 ? "[" + address.host + "]" : address.host,
                                 address.port.empty() ? "" : ":", address.port);
    route.base_path = prefix_of(address);
    if (address.scheme == "https") route.upstream_context = upstream_context(upstream);
    return route;
  }

  std::size_t upstream_context(const Upstream& upstream) const {
    std::string subject = upstream.subject;
    if (!upstream.bindings.empty())
      subject = model_.tls_objects[model_.bindings[upstream.bindings.front()].tls].subject;
    for (std::size_t i = 0; i < reading_.contexts.size(); ++i) {
      const tls::TlsContext& context = reading_.contexts[i];
      const bool same_host = context.hosts.empty() || context.hosts.front() == upstream.parsed.host;
      if (context.role == tls::Role::Upstream && context.subject == subject && same_host) return i;
    }
    return kNoIndex;
  }

  void add_service(const Instance& instance, const Member& member) {
    const Upstream* upstream = inlined(instance, member.key);
    const std::string& subject = model_.resources[instance.resource].subject;
    const bool http = upstream != nullptr && (upstream->parsed.scheme == "http" || upstream->parsed.scheme == "https");
    if (!http || !upstream->address.known()) {
      service_.notes.push_back(
          fmt::format("{} services.{}: its address is not known, or neither http nor https, so it is left aside",
                      subject, member.key));
      return;
    }
    const Node* routes = member.value.find("routes");
    if (routes == nullptr || routes->items.empty()) {
      add_prefix(instance, base_route(instance, *upstream));
      return;
    }
    for (const Node& item : routes->items) add_route(instance, *upstream, item);
  }

  /// All below the base path of the instance, which is cut off.
  void add_prefix(const Instance& instance, ServiceRoute route) {
    route.kind = PatternKind::Prefix;
    route.pattern = prefix_of(instance.parsed);
    route.strip_prefix = true;
    service_.routes.push_back(std::move(route));
  }

  void add_route(const Instance& instance, const Upstream& upstream, const Node& item) {
    const Node* config = item.find("config");
    std::string destination = text_of(config != nullptr ? config->find("destinationPath") : nullptr);
    while (destination.ends_with('/')) destination.pop_back();
    const Node* rules = item.find("rules");
    if (rules == nullptr || rules->items.empty()) {
      ServiceRoute route = base_route(instance, upstream);
      route.base_path += destination;
      add_prefix(instance, std::move(route));
      return;
    }
    for (const Node& rule : rules->items) add_rule(instance, upstream, destination, rule);
  }

  void add_rule(const Instance& instance, const Upstream& upstream, const std::string& destination, const Node& rule) {
    ServiceRoute route = base_route(instance, upstream);
    const Node* methods = rule.find("methods");
    if (methods == nullptr) methods = rule.find("method");
    add_methods(text_of(methods), route);
    if (rule.find("headers") != nullptr || rule.find("host") != nullptr)
      service_.notes.push_back(fmt::format("{}: rules on headers and hosts are left aside", route.name));
    const std::string path = text_of(rule.find("path"));
    if (path.empty()) {
      route.base_path += destination;
      add_prefix(instance, std::move(route));
      return;
    }
    route.kind = PatternKind::Regex;
    route.pattern = escape(prefix_of(instance.parsed)) + path;
    route.rewrite = true;
    const bool has_group = path.find('(') != std::string::npos;
    if (!has_group) route.pattern = "(" + route.pattern + ")";
    route.base_path += destination + "{1}";
    service_.routes.push_back(std::move(route));
  }

  /// "GET|POST", "GET, POST".
  static void add_methods(std::string_view text, ServiceRoute& route) {
    std::string word;
    for (const char c : std::string(text) + "|") {
      if (c >= 'A' && c <= 'Z') {
        word += c;
      } else if (!word.empty()) {
        route.methods.push_back(std::exchange(word, {}));
      }
    }
  }

  static std::string escape(const std::string& path) {
    constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";
    std::string result;
    for (const char c : path) {
      if (kSpecial.find(c) != std::string_view::npos) result += '\\';
      result += c;
    }
    return result;
  }

  const Reading& reading_;
  const Model& model_;
  Service& service_;
};

}  // namespace

Service service(std::span<const Claimed>, const Reading& reading) {
  Service result;
  Builder(reading, std::any_cast<const Model&>(reading.model), result).build();
  return result;
}

}  // namespace tlsward::gateways::flex
