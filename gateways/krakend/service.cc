// KrakenD merges what several backends say; a proxy that passes messages on takes the first one. Nothing of a request
// goes on that an endpoint does not list (zero-trust parameter forwarding).
#include "gateways/krakend/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "gateways/krakend/model.h"
#include "gateways/krakend/service_forwarding.h"
#include "gateways/krakend/service_leftovers.h"
#include "gateways/krakend/service_paths.h"
#include "gateways/krakend/service_router.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::krakend {
namespace {

/// lura registers no others (router/gin/router.go).
constexpr std::string_view kMethods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};

std::size_t find_context(const Reading& reading, tls::Role role, std::string_view subject) {
  const auto found =
      std::find_if(reading.contexts.begin(), reading.contexts.end(),
                   [&](const tls::TlsContext& context) { return context.role == role && context.subject == subject; });
  return found == reading.contexts.end() ? kNoIndex : static_cast<std::size_t>(found - reading.contexts.begin());
}

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return result;
}

/// The text of a scalar; `otherwise` where it is absent, null or empty.
std::string text_of(const Node* node, std::string_view otherwise = {}) {
  const bool is_given = node != nullptr && node->is_scalar() && !node->is_null() && !node->scalar.empty();
  return std::string(is_given ? node->scalar : otherwise);
}

bool is_unresolved(const Node* node) {
  return node != nullptr && (node->unresolved || node->open);
}

class Reader {
 public:
  Reader(const Configuration& configuration, const Reading& reading, Service& service)
      : configuration_(configuration), reading_(reading), service_(service) {
    for (const Backend& backend : configuration.backends) backends_.emplace(backend.where.begin, &backend);
  }

  void read() {
    if (!read_port()) return;
    read_router_options(configuration_, service_, notes_);
    note_service_leftovers(configuration_, notes_);
    read_endpoints();
    add_own_routes(configuration_, service_);
    sort_as_gin(service_.routes);
    service_.notes = notes_.sentences();
  }

 private:
  bool read_port() {
    const auto port = listen_port(configuration_);
    if (!port || *port < 1 || *port > 65535) {
      service_.problem =
          configuration_.port == nullptr
              ? "the port is not known: a template may hold it"
              : fmt::format("port is {}, which is no port number that is known", shown(configuration_.port->value));
      return false;
    }
    const std::size_t context = find_context(reading_, tls::Role::Listener, "tls");
    if (context == kNoIndex) {
      service_.problem = "there is no listener to serve";
      return false;
    }
    const Member* address = listen_address(configuration_);
    if (address == nullptr && !is_empty(configuration_.listen_ip))
      notes_.say("listen_ip exists since KrakenD 2.5; before, every address is listened on");
    service_.ports.push_back({static_cast<std::uint16_t>(*port),
                              address != nullptr ? text_of(&address->value) : std::string(),
                              {{{}, context}},
                              false,
                              {}});
    return true;
  }

  void leave_aside(std::string_view name, std::string_view because) {
    notes_.add(name, fmt::format("{}, so it is left aside", because));
  }

  void read_endpoints() {
    const Member* endpoints = configuration_.endpoints;
    if (endpoints == nullptr || !endpoints->value.is_list() || endpoints->value.items.empty()) {
      notes_.say("there are no endpoints that are known, so every path is answered with 404");
      return;
    }
    if (endpoints->value.open) notes_.say("endpoints: a template may add others, which are not served");
    std::size_t index = 0;
    for (const Node& endpoint : endpoints->value.items) read_endpoint(endpoint, fmt::format("endpoints[{}]", index++));
  }

  void read_endpoint(const Node& endpoint, const std::string& path) {
    const Node* written = endpoint.find("endpoint");
    const Node* method = endpoint.find("method");
    if (written == nullptr || !written->is_scalar()) return leave_aside(path, "it has no path");
    for (const Node* node : {written, method}) {
      if (is_unresolved(node))
        return leave_aside(
            path, fmt::format("{} is {}, which is not known", node == written ? "endpoint" : "method", shown(*node)));
    }
    ServiceRoute route;
    route.port = 0;
    route.where = endpoint.where;
    route.kind = PatternKind::Template;
    route.rewrite = true;
    route.methods = {upper(text_of(method, "GET"))};
    route.name = fmt::format("{} {}", route.methods.front(), written->scalar);
    if (std::find(std::begin(kMethods), std::end(kMethods), route.methods.front()) == std::end(kMethods))
      return leave_aside(route.name, "KrakenD takes GET, POST, PUT, PATCH and DELETE alone");
    const auto pattern = endpoint_pattern(written->scalar);
    if (!pattern) return leave_aside(route.name, "a parameter is only part of a segment");
    route.pattern = *pattern;
    if (is_wildcard(*pattern)) notes_.add(route.name, "wildcards are of the Enterprise Edition");
    if (!taken_.insert(route.methods.front() + " " + route.pattern).second)
      return leave_aside(route.name, "another endpoint has its method and path; KrakenD does not start");
    read_forwarding(endpoint, path, route, notes_);
    read_backends(endpoint, path, std::move(route));
  }

  void read_backends(const Node& endpoint, const std::string& path, ServiceRoute route) {
    const Node* backends = endpoint.find("backend");
    if (backends == nullptr || backends->items.empty()) return leave_aside(route.name, "it has no backend");
    const std::size_t count = backends->items.size();
    if (count > 1 && route.methods.front() != "GET" && !is_sequence(endpoint))
      return leave_aside(route.name, "KrakenD ignores an endpoint of this method with several backends");
    if (count > 1)
      notes_.add(route.name, fmt::format("the first of its {} backends answers, the others are ignored", count));
    note_endpoint_leftovers(endpoint, route.name, notes_);
    if (read_backend(backends->items.front(), path + ".backend[0]", route)) service_.routes.push_back(std::move(route));
  }

  static bool is_sequence(const Node& endpoint) {
    const Node* extra = endpoint.find("extra_config");
    const Node* proxy = extra != nullptr ? extra->find("proxy") : nullptr;
    const Node* sequential = proxy != nullptr ? proxy->find("sequential") : nullptr;
    return sequential != nullptr && decode_bool(*sequential).value_or(false);
  }

  const Backend* backend_at(Span where) const {
    const auto found = backends_.find(where.begin);
    return found == backends_.end() ? nullptr : found->second;
  }

  bool read_backend(const Node& node, const std::string& path, ServiceRoute& route) {
    const Backend* backend = backend_at(node.where);
    if (backend == nullptr || !backend->speaks_http) {
      leave_aside(route.name, "its backend is not HTTP");
      return false;
    }
    for (const std::string_view key : {"url_pattern", "method", "sd"}) {
      if (const Node* value = node.find(key); is_unresolved(value)) {
        leave_aside(route.name, fmt::format("{}.{} is {}, which is not known", path, key, shown(*value)));
        return false;
      }
    }
    if (!set_host(*backend, node, path, route) || !set_path(node, route)) return false;
    route.method = upper(text_of(node.find("method"), route.methods.front()));
    narrow_forwarding(node, path, route, notes_);
    note_backend_leftovers(node, route.name, notes_);
    return true;
  }

  bool set_host(const Backend& backend, const Node& node, const std::string& path, ServiceRoute& route) {
    const std::string discovery = text_of(node.find("sd"), "static");
    if (discovery != "static") {
      leave_aside(route.name, fmt::format("its hosts come from service discovery ({})", discovery));
      return false;
    }
    const std::span<const Host> hosts = hosts_of(configuration_, backend);
    const std::string list = backend.root_hosts ? std::string("host") : path + ".host";
    if (hosts.empty()) {
      leave_aside(route.name, fmt::format("{} is empty or not known", list));
      return false;
    }
    const Host& host = hosts.front();
    if (host.scheme == Scheme::Unknown || host.scheme == Scheme::Other) {
      const std::string_view why = host.scheme == Scheme::Other ? "neither http:// nor https://" : "not known";
      leave_aside(route.name, fmt::format("{}[0] is {}, which is {}", list, host.text, why));
      return false;
    }
    if (hosts.size() > 1) notes_.add(route.name, fmt::format("of its {} hosts the first is called", hosts.size()));
    set_upstream(host, backend, route);
    return true;
  }

  /// Hosts may come without scheme; KrakenD puts http:// in front.
  void set_upstream(const Host& host, const Backend& backend, ServiceRoute& route) {
    std::string text(host.text);
    if (text.find("://") == std::string::npos) text = "http://" + text;
    const std::size_t slash = text.find('/', text.find("://") + 3);
    route.upstream = text.substr(0, slash);
    if (slash != std::string::npos) route.base_path = text.substr(slash);
    while (route.base_path.ends_with('/')) route.base_path.pop_back();
    if (host.scheme == Scheme::Https) route.upstream_context = context_of(backend);
  }

  bool set_path(const Node& node, ServiceRoute& route) {
    const std::string url_pattern = text_of(node.find("url_pattern"), "/");
    const auto missing = missing_parameters(url_pattern, route.pattern);
    if (!missing.empty()) {
      leave_aside(route.name,
                  fmt::format("url_pattern wants {{{}}}, which is no parameter of the endpoint", missing.front()));
      return false;
    }
    route.base_path += backend_path(url_pattern, route.pattern);
    return true;
  }

  std::size_t context_of(const Backend& backend) const {
    if (backend.own_client_tls) {
      const std::size_t own =
          find_context(reading_, tls::Role::Upstream, fmt::format("{} backend/http/client", backend.name));
      if (own != kNoIndex) return own;
    }
    return find_context(reading_, tls::Role::Upstream, "client_tls");
  }

  const Configuration& configuration_;
  const Reading& reading_;
  Service& service_;
  ServiceNotes notes_;
  std::map<std::uint32_t, const Backend*> backends_;  // by their place in the file
  std::set<std::string> taken_;                       // "GET /orders/{id}"
};

}  // namespace

Service service(std::span<const Claimed>, const Reading& reading) {
  Service result;
  const auto& model = std::any_cast<const Model&>(reading.model);
  if (model.configurations.empty()) {
    result.problem = "there is no KrakenD configuration";
    return result;
  }
  if (model.configurations.size() > 1) {
    result.problem = fmt::format("{} KrakenD configurations are given; one can be served", model.configurations.size());
    return result;
  }
  Reader(model.configurations.front(), reading, result).read();
  return result;
}

}  // namespace tlsward::gateways::krakend
