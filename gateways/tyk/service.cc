// Tyk hands paths to gorilla/mux: APIs with longer listen paths are asked first, and a listen path fits all that begins
// with it.
#include "gateways/tyk/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gateways/service_notes.h"
#include "gateways/tyk/fields.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/service_access.h"
#include "gateways/tyk/service_leftovers.h"
#include "gateways/tyk/service_mux.h"
#include "gateways/tyk/service_routing.h"
#include "gateways/tyk/service_target.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";

/// An API with what its definition says of routing.
struct Routed {
  const Api* api = nullptr;
  const Node* definition = nullptr;
  Routing routing;
  std::string listen_path;
};

class Builder {
 public:
  Builder(std::span<const Claimed> documents, const Reading& reading, const Model& model, const Conf& conf,
          Service& service)
      : documents_(documents), reading_(reading), model_(model), conf_(conf), service_(service) {}

  void build() {
    service_.paths.decoded = true;
    service_.paths.redirect_unclean = true;
    service_.not_found = {404, std::string(kText), "Not Found", {}};
    if (const Node* node = conf_at(documents_, conf_)) read_conf_node(*node);
    add_ports();
    if (service_.ports.empty()) return;
    std::vector<Routed> apis = routed_apis();
    rename_colliding(apis);
    add_health(control_port());
    for (const Routed& api : apis) add_api(api);
    if (control_port() != gateway_port(conf_)) add_health(gateway_port(conf_));
    service_.notes = notes_.sentences();
  }

 private:
  void read_conf_node(const Node& node) {
    const Object root(node, {});
    const Word hostname = root.word("hostname");
    if (!hostname.known()) notes_.say("hostname of tyk.conf is not known, so requests to any host are taken");
    if (hostname.written()) hostname_ = hostname.value;
    if (!conf_.control_api_port.known())
      notes_.say("control_api_port is not known, so the control API is on listen_port");
    health_ = root.word("health_check_endpoint_name").value;
    strict_ = is_on(root.object("http_server_options").flag("enable_strict_routes"));
    note_conf_leftovers(node, notes_);
    if (!conf_.listen_port.known() && node.find("listen_port") != nullptr)
      service_.problem = fmt::format("listen_port is {}, which is not known", shown(*node.find("listen_port")));
  }

  long control_port() const {
    const long port = conf_.control_api_port.value;
    return port == 0 ? gateway_port(conf_) : port;
  }

  void add_ports() {
    for (const Listener& listener : model_.listeners) {
      if (listener.port == 0 && !conf_.listen_port.known()) continue;
      const long number = listener.port == 0 ? gateway_port(conf_) : listener.port;
      if (number < 1 || number > 65535) {
        notes_.say(fmt::format("port {} is no port number, so nothing is served there", number));
        continue;
      }
      NamedContext named;
      if (!listener.domain.empty()) named.names.push_back(listener.domain);
      named.context = listener.context;
      port_at(number).contexts.push_back(std::move(named));
    }
    if (service_.ports.empty()) {
      if (service_.problem.empty()) service_.problem = "no port is known";
    } else {
      if (!service_.problem.empty()) notes_.say(service_.problem + ", so that port is not served");
      service_.problem.clear();
    }
  }

  /// One router has Tyk's own 404, that of the control API; the others have that of Go.
  ServicePort& port_at(long number) {
    for (ServicePort& port : service_.ports) {
      if (port.port == number) return port;
    }
    ServicePort port{static_cast<std::uint16_t>(number), conf_.listen_address.value, {}, number == control_port(), {}};
    if (!port.control_api)
      port.not_found = {404, std::string(kText), "404 page not found\n", {{"X-Content-Type-Options", "nosniff"}}};
    service_.ports.push_back(std::move(port));
    return service_.ports.back();
  }

  std::size_t port_index(long number) const {
    const auto found = std::find_if(service_.ports.begin(), service_.ports.end(),
                                    [&](const ServicePort& port) { return port.port == number; });
    return found == service_.ports.end() ? kNoIndex : static_cast<std::size_t>(found - service_.ports.begin());
  }

  void leave_aside(const Api& api, std::string_view why) {
    notes_.add(api.subject, fmt::format("{}, so it is left aside", why));
  }

  /// The APIs that Tyk loads, longest listen path first.
  std::vector<Routed> routed_apis() {
    std::vector<Routed> apis;
    for (const Api& api : model_.apis) {
      const Node* definition = definition_at(documents_, api);
      if (definition == nullptr) continue;
      Routed routed{&api, definition, read_routing(api, *definition), {}};
      if (const std::string why = why_not_loaded(routed); !why.empty()) {
        leave_aside(api, why);
        continue;
      }
      routed.listen_path = routed.routing.listen_path->scalar;
      apis.push_back(std::move(routed));
    }
    std::stable_sort(apis.begin(), apis.end(), [](const Routed& a, const Routed& b) {
      if (a.listen_path.size() != b.listen_path.size()) return a.listen_path.size() > b.listen_path.size();
      return !domain_of(*a.api).empty() && domain_of(*b.api).empty();
    });
    return apis;
  }

  /// Empty: it is loaded, and all that decides its place is known.
  std::string why_not_loaded(const Routed& routed) const {
    const Node* path = routed.routing.listen_path;
    const Api& api = *routed.api;
    if (!routed.routing.active) return "it is not active";
    if (routed.routing.internal) return "it is internal: other APIs alone call it";
    if (path == nullptr || !path->is_scalar() || path->scalar.empty()) return "it has no listen path";
    if (path->unresolved) return fmt::format("its listen path is {}, which is not known", shown(*path));
    if (!path->scalar.starts_with('/') || path->scalar.find(' ') != std::string_view::npos)
      return fmt::format("Tyk does not take {} for a listen path", path->scalar);
    if (!api.listen_port.known()) return "its port is not known";
    if (!api.domain.known() && !api.domain_disabled) return "its domain is not known";
    if (!api.protocol.known()) return "its protocol is not known";
    const std::string& protocol = api.protocol.value;
    if (!protocol.empty() && protocol != "http" && protocol != "https" && protocol != "h2c")
      return fmt::format("its protocol is {}, not HTTP", protocol);
    return {};
  }

  /// Two APIs of one domain and listen path both get their id behind it.
  void rename_colliding(std::vector<Routed>& apis) {
    std::map<std::string, int> count;
    const auto place = [](const Routed& api) {
      return fmt::format("{}{}", domain_of(*api.api), api.routing.listen_path->scalar);
    };
    for (const Routed& api : apis) ++count[place(api)];
    for (Routed& api : apis) {
      if (count[place(api)] < 2) continue;
      api.listen_path += "-" + api.routing.api_id;
      notes_.add(api.api->subject,
                 fmt::format("another API has its listen path, so Tyk changes it to {}", api.listen_path));
    }
  }

  void add_api(const Routed& routed) {
    const Api& api = *routed.api;
    ServiceRoute route;
    route.name = api.subject;
    route.where = api.object;
    const long own = port_of(api, &conf_);
    route.port = port_index(own == 0 ? gateway_port(conf_) : own);
    if (route.port == kNoIndex) return leave_aside(api, "its port is not served");
    if (!set_host(api, route) || !set_pattern(routed, route)) return;
    if (const std::string why = set_target(api, routed.routing, route, notes_); !why.empty())
      return leave_aside(api, why);
    route.preserve_host = routed.routing.preserve_host;
    const std::size_t listener = listener_of(api, route.port);
    set_access(api, conf_, reading_.contexts[listener], listener, route, notes_);
    note_api_leftovers(api, *routed.definition, notes_);
    service_.routes.push_back(route);
    if (!routed.routing.api_id.empty()) service_.routes.push_back(by_id(std::move(route), routed.routing.api_id));
  }

  /// Beside its listen path an API is reached at /<id>/. That is not stripped: only the listen path is, of whatever
  /// begins with it, so its route is asked first.
  static ServiceRoute by_id(ServiceRoute route, const std::string& id) {
    route.kind = PatternKind::Prefix;
    route.pattern = "/" + id + "/";
    route.strip_prefix = false;
    route.whole_segments = false;
    return route;
  }

  /// `domain` counts where custom domains are on; else the host name of the gateway, if it has one.
  bool set_host(const Api& api, ServiceRoute& route) {
    std::string host = hostname_;
    const std::string_view domain = domain_of(api);
    if (!domain.empty() && !conf_.enable_custom_domains.known()) {
      leave_aside(api, "it has a domain, and whether enable_custom_domains is on is not known");
      return false;
    }
    if (!domain.empty() && is_on(conf_.enable_custom_domains)) host = domain;
    if (!domain.empty() && is_off(conf_.enable_custom_domains))
      notes_.add(api.subject, "enable_custom_domains is off, so its domain does not count");
    if (host.empty()) return true;
    if (!is_mux_template(host)) {
      route.hosts.push_back(std::move(host));
      return true;
    }
    const auto expression = mux_expression(host, "[^.]+");
    if (!expression) {
      leave_aside(api, fmt::format("its domain {} is no template that Tyk takes", host));
      return false;
    }
    route.conditions.host = *expression;
    return true;
  }

  bool set_pattern(const Routed& routed, ServiceRoute& route) {
    route.strip_prefix = routed.routing.strip;
    route.one_slash = true;
    if (!is_mux_template(routed.listen_path)) {
      route.pattern = routed.listen_path;
      route.whole_segments = strict_;
      return true;
    }
    const auto expression = mux_expression(routed.listen_path, "[^/]+");
    if (!expression) {
      leave_aside(*routed.api, fmt::format("its listen path {} is no template that Tyk takes", routed.listen_path));
      return false;
    }
    route.kind = PatternKind::Regex;
    route.pattern = fmt::format("(?s){}(.*)", *expression);
    return true;
  }

  /// What clients of the API meet: the context of its domain, else that for no name.
  std::size_t listener_of(const Api& api, std::size_t port) const {
    const std::string_view domain = domain_of(api);
    const auto& contexts = service_.ports[port].contexts;
    const auto found = std::find_if(contexts.begin(), contexts.end(), [&](const NamedContext& named) {
      return domain.empty() ? named.names.empty() : !named.names.empty() && named.names.front() == domain;
    });
    return (found == contexts.end() ? contexts.front() : *found).context;
  }

  /// https://tyk.io/docs/api-management/health-check/ (read 2026-11-26)
  void add_health(long number) {
    ServiceRoute route;
    route.port = port_index(number);
    if (route.port == kNoIndex) return;
    route.name = "health";
    route.methods = {"GET"};
    route.kind = PatternKind::Template;
    route.pattern = "/" + (health_.empty() ? std::string("hello") : health_);
    route.answer =
        GatewayAnswer{200,
                      "application/json",
                      fmt::format(R"({{"status":"pass","version":"{}","description":"Tyk GW"}})", name(conf_.version)),
                      {}};
    service_.routes.push_back(std::move(route));
  }

  std::span<const Claimed> documents_;
  const Reading& reading_;
  const Model& model_;
  const Conf& conf_;
  Service& service_;
  ServiceNotes notes_;
  std::string hostname_, health_;
  bool strict_ = false;
};

}  // namespace

Service service(std::span<const Claimed> documents, const Reading& reading) {
  Service result;
  const auto& model = std::any_cast<const Model&>(reading.model);
  const Conf* conf = conf_of(model);
  if (conf == nullptr) {
    result.problem = model.confs.empty() ? "tyk.conf is not in the input: name it beside the API definitions"
                                         : "several tyk.conf are given; one can be served";
    return result;
  }
  Builder(documents, reading, model, *conf, result).build();
  return result;
}

}  // namespace tlsward::gateways::tyk
