#include "gateways/tyk/service.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "gateways/tyk/model.h"

namespace tlsward::gateways::tyk {
namespace {

/// The part of a definition that its settings stand in; nullptr where its document is not there.
const Node* object_of(const Api& api, std::span<const Claimed> documents) {
  for (const Claimed& claimed : documents) {
    const Node& root = claimed.document->root;
    if (root.where == api.object) return &root;
    const Node* extension = root.find("x-tyk-api-gateway");
    if (extension != nullptr && extension->where == api.object) return extension;
  }
  return nullptr;
}

/// The node below `node` behind the keys; nullptr where one is missing.
const Node* below(const Node* node, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    if (node == nullptr) return nullptr;
    node = node->find(key);
  }
  return node;
}

std::string text_of(const Node* node) {
  return std::string(node != nullptr && node->is_text() ? node->scalar : std::string_view());
}

/// What the definition says of routing, whichever form it has.
struct Routing {
  const Node* listen_path = nullptr;
  const Node* target = nullptr;
  bool strip = false, preserve_host = false, active = true;
};

Routing read_routing(const Api& api, const Node& object) {
  Routing routing;
  if (api.form == ApiForm::Oas) {
    routing.listen_path = below(&object, {"server", "listenPath", "value"});
    const Node* strip = below(&object, {"server", "listenPath", "strip"});
    routing.strip = strip != nullptr && strip->is_true();
    routing.target = below(&object, {"upstream", "url"});
    const Node* state = below(&object, {"info", "state", "active"});
    routing.active = state == nullptr || state->unresolved || state->is_true();
    const Node* preserve = below(&object, {"upstream", "preserveHostHeader", "enabled"});
    routing.preserve_host = preserve != nullptr && preserve->is_true();
    return routing;
  }
  routing.listen_path = below(&object, {"proxy", "listen_path"});
  const Node* strip = below(&object, {"proxy", "strip_listen_path"});
  routing.strip = strip != nullptr && strip->is_true();
  routing.target = below(&object, {"proxy", "target_url"});
  const Node* active = object.find("active");
  routing.active = active == nullptr || active->unresolved || active->is_true();
  const Node* preserve = below(&object, {"proxy", "preserve_host_header"});
  routing.preserve_host = preserve != nullptr && preserve->is_true();
  return routing;
}

/// "listener :8443 for a.example": port and name of a listener's context.
std::optional<std::uint16_t> port_of_endpoint(const std::string& endpoint) {
  const std::size_t colon = endpoint.rfind(':');
  if (colon == std::string::npos) return {};
  std::uint16_t port = 0;
  const char* begin = endpoint.data() + colon + 1;
  const auto parsed = std::from_chars(begin, endpoint.data() + endpoint.size(), port);
  if (parsed.ec != std::errc{} || port == 0) return {};
  return port;
}

class Builder {
 public:
  Builder(std::span<const Claimed> documents, const Reading& reading, const Model& model, Service& service)
      : documents_(documents), reading_(reading), model_(model), conf_(conf_of(model)), service_(service) {}

  void build() {
    service_.not_found = {404, "text/plain; charset=utf-8", "Not Found", {}};
    if (conf_ == nullptr) {
      service_.problem = model_.confs.empty() ? "tyk.conf is not in the input: name it beside the API definitions"
                                              : "several tyk.conf are given; one can be served";
      return;
    }
    add_ports();
    if (service_.ports.empty()) {
      service_.problem = "listen_port is not known: it is a reference or no port number";
      return;
    }
    for (const Api& api : model_.apis) add_api(api);
    // mux takes longer paths first (gateway/api_loader.go sorts them so).
    std::stable_sort(service_.routes.begin(), service_.routes.end(), [](const ServiceRoute& a, const ServiceRoute& b) {
      if (a.hosts.empty() != b.hosts.empty()) return !a.hosts.empty();
      return a.pattern.size() > b.pattern.size();
    });
    add_health();
  }

 private:
  void add_ports() {
    for (std::size_t i = 0; i < reading_.contexts.size(); ++i) {
      const tls::TlsContext& context = reading_.contexts[i];
      // A context of one API of several at a name is for the rules alone.
      if (context.role != tls::Role::Listener || context.subject.find(" at ") != std::string::npos) continue;
      const auto port = port_of_endpoint(context.endpoint);
      if (!port) continue;
      NamedContext named{context.hosts, i};
      const auto known = std::find_if(service_.ports.begin(), service_.ports.end(),
                                      [&](const ServicePort& one) { return one.port == *port; });
      if (known != service_.ports.end()) {
        known->contexts.push_back(std::move(named));
        continue;
      }
      service_.ports.push_back({*port, conf_->listen_address.value, {std::move(named)}, false});
    }
    const long control = conf_->control_api_port.written() ? conf_->control_api_port.value : gateway_port(*conf_);
    for (ServicePort& port : service_.ports) port.control_api = port.port == control;
  }

  std::size_t port_index(const Api& api) const {
    const long own = port_of(api, conf_);
    const long number = own == 0 ? gateway_port(*conf_) : own;
    const auto found = std::find_if(service_.ports.begin(), service_.ports.end(),
                                    [&](const ServicePort& port) { return port.port == number; });
    return found == service_.ports.end() ? kNoIndex : static_cast<std::size_t>(found - service_.ports.begin());
  }

  void leave_aside(const Api& api, std::string_view why) {
    service_.notes.push_back(fmt::format("{}: {}, so it is left aside", api.subject, why));
  }

  void add_api(const Api& api) {
    const Node* object = object_of(api, documents_);
    if (object == nullptr) return;
    const Routing routing = read_routing(api, *object);
    if (!routing.active) return leave_aside(api, "it is not active");
    if (routing.listen_path == nullptr || routing.listen_path->unresolved || text_of(routing.listen_path).empty())
      return leave_aside(api, "its listen path is not known");
    if (routing.target == nullptr || routing.target->unresolved) return leave_aside(api, "its target is not known");
    ServiceRoute route;
    route.name = api.subject;
    route.where = api.object;
    route.port = port_index(api);
    if (route.port == kNoIndex) return leave_aside(api, "its port is not known");
    const std::string_view domain = domain_of(api);
    if (!domain.empty()) route.hosts.emplace_back(domain);
    route.pattern = text_of(routing.listen_path);
    if (!route.pattern.starts_with('/')) route.pattern = "/" + route.pattern;
    route.strip_prefix = routing.strip;
    route.preserve_host = routing.preserve_host;
    if (!set_target(text_of(routing.target), api, route)) return;
    set_access(api, route);
    service_.routes.push_back(std::move(route));
  }

  bool set_target(const std::string& target, const Api& api, ServiceRoute& route) {
    const std::size_t scheme = target.find("://");
    const std::string name = target.substr(0, std::min(scheme, target.size()));
    if (name != "http" && name != "https") {
      leave_aside(api, fmt::format("its target is {}, neither http:// nor https://", target));
      return false;
    }
    const std::size_t path = target.find_first_of("/?", scheme + 3);
    route.upstream = target.substr(0, path);
    if (path != std::string::npos && target[path] == '/')
      route.base_path = target.substr(path, target.find('?') - path);
    if (name == "https") route.upstream_context = upstream_context(api, route.upstream.substr(scheme + 3));
    return true;
  }

  std::size_t upstream_context(const Api& api, const std::string& host) const {
    const std::string subject = fmt::format("{} upstream {}", api.subject, host);
    for (std::size_t i = 0; i < reading_.contexts.size(); ++i) {
      const tls::TlsContext& context = reading_.contexts[i];
      if (context.role == tls::Role::Upstream && context.subject == subject) return i;
    }
    return kNoIndex;
  }

  /// What CertificateCheckMW asks of each request, whatever the handshake let in.
  void set_access(const Api& api, ServiceRoute& route) {
    route.strip_auth_data = is_on(api.authentication.strip_auth_data);
    route.certificate_is_identity =
        is_on(api.authentication.use_certificate) || is_on(api.authentication.certificate_auth);
    if (route.certificate_is_identity)
      service_.notes.push_back(fmt::format(
          "{}: keys of clients are not at hand, so any certificate that the handshake let in is an identity",
          api.subject));
    if (!is_on(api.mutual_tls)) return;
    route.demand = CertificateDemand::AllowList;
    route.allow_list = allow_list_of(api, route.port);
  }

  std::vector<std::size_t> allow_list_of(const Api& api, std::size_t port) const {
    std::vector<std::size_t> list;
    const auto names = [&](const NamedContext& named) {
      const std::string domain(domain_of(api));
      return domain.empty() ? named.names.empty()
                            : std::find(named.names.begin(), named.names.end(), domain) != named.names.end();
    };
    const auto& contexts = service_.ports[port].contexts;
    const auto found = std::find_if(contexts.begin(), contexts.end(), names);
    if (found == contexts.end()) return list;
    const tls::TlsContext& context = reading_.contexts[found->context];
    const std::string own = "allow-list of " + api.subject;
    for (const tls::TrustSource& trusted : context.trust) {
      const bool listed = trusted.note == own || trusted.note == "security.certificates.apis";
      if (listed && trusted.material != tls::kNoMaterial) list.push_back(trusted.material);
    }
    return list;
  }

  /// https://tyk.io/docs/tyk-self-managed/#liveness-health-check (read 2026-11-26)
  void add_health() {
    for (std::size_t port = 0; port < service_.ports.size(); ++port) {
      ServiceRoute route;
      route.name = "health";
      route.port = port;
      route.kind = PatternKind::Template;
      route.pattern = "/hello";
      route.answer =
          GatewayAnswer{200, "application/json", R"({"status":"pass","version":"tlsward","description":"Tyk GW"})", {}};
      service_.routes.push_back(std::move(route));
    }
  }

  std::span<const Claimed> documents_;
  const Reading& reading_;
  const Model& model_;
  const Conf* conf_;
  Service& service_;
};

}  // namespace

Service service(std::span<const Claimed> documents, const Reading& reading) {
  Service result;
  const auto& model = std::any_cast<const Model&>(reading.model);
  Builder(documents, reading, model, result).build();
  return result;
}

}  // namespace tlsward::gateways::tyk
