// KrakenD merges what several backends say; a proxy that passes messages on takes the first one. Nothing of a request
// goes on that an endpoint does not list (zero-trust parameter forwarding).
#include "gateways/krakend/service.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateways/krakend/model.h"

namespace tlsward::gateways::krakend {
namespace {

constexpr std::string_view kHealth = "/__health";
constexpr std::string_view kAll = "*";

std::size_t find_context(const Reading& reading, tls::Role role, std::string_view subject) {
  const auto found =
      std::find_if(reading.contexts.begin(), reading.contexts.end(),
                   [&](const tls::TlsContext& context) { return context.role == role && context.subject == subject; });
  return found == reading.contexts.end() ? kNoIndex : static_cast<std::size_t>(found - reading.contexts.begin());
}

std::string text_of(const Node* node, std::string_view otherwise = {}) {
  return std::string(node != nullptr && node->is_scalar() && !node->is_null() ? node->scalar : otherwise);
}

bool is_unresolved(const Node* node) {
  return node != nullptr && node->unresolved;
}

/// `hosts` of a backend may come without scheme; KrakenD puts http:// in front.
std::string with_scheme(std::string_view host) {
  std::string text(host);
  if (text.find("://") == std::string::npos) text = "http://" + text;
  return text;
}

class Reader {
 public:
  Reader(const Configuration& configuration, const Reading& reading, Service& service)
      : configuration_(configuration), reading_(reading), service_(service) {}

  void read() {
    service_.not_found = {404, "text/plain", "404 page not found", {}};
    if (!read_port()) return;
    if (configuration_.endpoints == nullptr || !configuration_.endpoints->value.is_list()) {
      service_.problem = "there are no endpoints to serve";
      return;
    }
    std::size_t index = 0;
    for (const Node& endpoint : configuration_.endpoints->value.items)
      read_endpoint(endpoint, fmt::format("endpoints[{}]", index++));
    add_health();
    if (configuration_.root->find("async_agent") != nullptr) service_.notes.emplace_back("async agents are left aside");
  }

 private:
  bool read_port() {
    const auto port = listen_port(configuration_);
    if (!port || *port < 1 || *port > 65535) {
      service_.problem = "the port is not known: it is a reference or no port number";
      return false;
    }
    const std::size_t context = find_context(reading_, tls::Role::Listener, "tls");
    if (context == kNoIndex) {
      service_.problem = "there is no listener to serve";
      return false;
    }
    const std::string address =
        configuration_.listen_ip != nullptr ? text_of(&configuration_.listen_ip->value) : std::string();
    service_.ports.push_back({static_cast<std::uint16_t>(*port), address, {{{}, context}}, false});
    return true;
  }

  void read_endpoint(const Node& endpoint, const std::string& path) {
    const Node* pattern = endpoint.find("endpoint");
    const std::string method = text_of(endpoint.find("method"), "GET");
    if (pattern == nullptr || pattern->unresolved || is_unresolved(endpoint.find("method"))) {
      service_.notes.push_back(fmt::format("{}: its path or method is not known, so it is left aside", path));
      return;
    }
    ServiceRoute route;
    route.name = fmt::format("{} {}", method, pattern->scalar);
    route.port = 0;
    route.where = endpoint.where;
    route.methods = {method};
    route.kind = PatternKind::Template;
    route.pattern = with_braces(pattern->scalar);
    route.rewrite = true;
    read_forwarding(endpoint, route);
    const Node* backends = endpoint.find("backend");
    if (backends == nullptr || backends->items.empty()) {
      service_.notes.push_back(fmt::format("{}: it has no backend, so it is left aside", route.name));
      return;
    }
    if (backends->items.size() > 1)
      service_.notes.push_back(fmt::format("{}: the first of its {} backends answers, the others are ignored",
                                           route.name, backends->items.size()));
    if (read_backend(backends->items.front(), route)) service_.routes.push_back(std::move(route));
  }

  /// Gin writes parameters as {id} in KrakenD, and as :id where `disable_rest` is on.
  static std::string with_braces(std::string_view pattern) {
    std::string result;
    std::size_t begin = 0;
    while (begin < pattern.size()) {
      const std::size_t end = std::min(pattern.find('/', begin + 1), pattern.size());
      const std::string_view segment = pattern.substr(begin, end - begin);
      if (segment.starts_with("/:"))
        result += fmt::format("/{{{}}}", segment.substr(2));
      else
        result += segment;
      begin = end;
    }
    return result;
  }

  void read_forwarding(const Node& endpoint, ServiceRoute& route) {
    route.query_names = read_list(endpoint, "input_query_strings");
    if (route.query_names.empty()) route.query_names = read_list(endpoint, "querystring_params");
    route.header_names = read_list(endpoint, "input_headers");
    if (route.header_names.empty()) route.header_names = read_list(endpoint, "headers_to_pass");
    const auto all = [](const std::vector<std::string>& names) {
      return std::find(names.begin(), names.end(), kAll) != names.end();
    };
    route.forward_all_query = all(route.query_names);
    route.forward_all_headers = all(route.header_names);
  }

  static std::vector<std::string> read_list(const Node& endpoint, std::string_view key) {
    std::vector<std::string> names;
    if (const Node* list = endpoint.find(key)) {
      for (const Node& item : list->items) names.push_back(text_of(&item));
    }
    return names;
  }

  const Backend* backend_at(Span where) const {
    const auto found = std::find_if(configuration_.backends.begin(), configuration_.backends.end(),
                                    [&](const Backend& backend) { return backend.where == where; });
    return found == configuration_.backends.end() ? nullptr : &*found;
  }

  bool read_backend(const Node& node, ServiceRoute& route) {
    const Backend* backend = backend_at(node.where);
    if (backend == nullptr || !backend->speaks_http) {
      service_.notes.push_back(fmt::format("{}: its backend is not HTTP, so it is left aside", route.name));
      return false;
    }
    const std::span<const Host> hosts = hosts_of(configuration_, *backend);
    if (hosts.empty() || hosts.front().scheme == Scheme::Unknown || hosts.front().scheme == Scheme::Other) {
      service_.notes.push_back(
          fmt::format("{}: the host of its backend is not known, so it is left aside", route.name));
      return false;
    }
    if (hosts.size() > 1)
      service_.notes.push_back(fmt::format("{}: of its {} hosts the first is called", route.name, hosts.size()));
    const std::string host = with_scheme(hosts.front().text);
    const std::size_t path = host.find('/', host.find("://") + 3);
    route.upstream = host.substr(0, path);
    std::string prefix = path == std::string::npos ? std::string() : host.substr(path);
    if (prefix.ends_with('/')) prefix.pop_back();
    const std::string pattern = text_of(node.find("url_pattern"), "/");
    route.base_path = prefix + (pattern.starts_with('/') ? "" : "/") + with_braces(pattern);
    route.method = text_of(node.find("method"), route.methods.front());
    if (hosts.front().scheme == Scheme::Https) route.upstream_context = context_of(*backend);
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

  /// https://www.krakend.io/docs/service-settings/health/ (read 2026-11-26)
  void add_health() {
    ServiceRoute route;
    route.name = "health";
    route.port = 0;
    route.methods = {"GET"};
    route.kind = PatternKind::Template;
    route.pattern = kHealth;
    route.answer = GatewayAnswer{200, "application/json; charset=utf-8", R"({"status":"ok"})", {}};
    service_.routes.push_back(std::move(route));
  }

  const Configuration& configuration_;
  const Reading& reading_;
  Service& service_;
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
