// tyk/mixed-port-protocols: one port for http and https.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mixed_port_protocols {
namespace {

namespace tyk = gateways::tyk;

/// The port of the gateway or of its control API that the API stands on, as words; nullopt where it has another.
std::optional<std::string> gateway_port_of(const tyk::Conf& conf, const tyk::Api& api, long port) {
  const tyk::Number& control = conf.control_api_port;
  if (port == 0)
    return conf.listen_port.known() ? fmt::format("port {}", tyk::gateway_port(conf)) : "the gateway's port";
  if (control.written() && control.value == api.listen_port.value) return fmt::format("port {}", control.value);
  return std::nullopt;
}

/// An API with a protocol of its own on a port that speaks what use_ssl says.
void check_on_gateway_port(const tyk::Conf& conf, const tyk::Api& api, std::string_view port, lint::Reporter& out) {
  if (!api.protocol.written() || api.protocol.value.empty() || !conf.use_ssl.known()) return;
  const bool secure = tyk::serves_tls(api, &conf) == true, gateway_secure = tyk::is_on(conf.use_ssl);
  if (secure == gateway_secure) return;
  Finding& finding = out.add(api.protocol.where,
                             fmt::format("{} speaks {} by use_ssl and {} here; the API is not reachable", port,
                                         gateway_secure ? "https" : "http", api.protocol.value),
                             api.subject);
  if (conf.use_ssl.written()) finding.related.push_back({conf.use_ssl.where, "use_ssl"});
}

/// What the API speaks on its port.
std::string protocol(const tyk::Api& api, bool secure) {
  if (!api.protocol.value.empty()) return api.protocol.value;
  return secure ? "https" : "http";
}

/// The port that is judged: 0 stands for the gateway's own. A number beside an unknown listen_port stands for itself.
long judged_port(const tyk::Api& api, const tyk::Conf* conf) {
  return conf && conf->listen_port.known() ? tyk::port_of(api, conf) : api.listen_port.value;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  std::map<long, const tyk::Api*> first;
  for (const tyk::Api& api : model.apis) {
    const auto secure = tyk::serves_tls(api, conf);
    if (!secure || !api.listen_port.known()) continue;
    const long port = judged_port(api, conf);
    if (const auto gateway_port = conf ? gateway_port_of(*conf, api, port) : std::nullopt) {
      check_on_gateway_port(*conf, api, *gateway_port, out);
      continue;
    }
    const auto [known, is_new] = first.try_emplace(port, &api);
    if (is_new || tyk::serves_tls(*known->second, conf) == secure) continue;
    const Span where = api.protocol.written() ? api.protocol.where : api.listen_port.where;
    Finding& finding =
        out.add(where,
                fmt::format("{} speaks {} for {} and {} here; one of the two is not reachable",
                            port == 0 ? "the gateway's port" : fmt::format("port {}", port),
                            protocol(*known->second, !*secure), known->second->subject, protocol(api, *secure)),
                api.subject);
    const tyk::Api& other = *known->second;
    finding.related.push_back({other.listen_port.written() ? other.listen_port.where : other.head, other.subject});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mixed-port-protocols",
    .summary = "a port is http for one API and https for another",
    .why =
        "A port has one protocol. The second API that wants another one gets no router (\"Can't get router for "
        "protocol\" in the log) and is not served.",
    .cites = {{"Tyk, gateway/proxy_muxer.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/proxy_muxer.go"},
              {"Tyk Gateway configuration", "listen_port", "https://tyk.io/docs/tyk-oss-gateway/configuration/"}},
    .severity = Severity::Error,
    .fix = "none: a port for each protocol",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "listen_port": 9000,
  "protocol": "http",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
            .more = {{"pills.json", R"({
  "api_id": "pills",
  "name": "pills",
  "use_keyless": true,
  "listen_port": 9000,
  "protocol": "https",   //~ tyk/mixed-port-protocols
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "listen_port": 9000,
  "protocol": "https",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
             .more = {{"pills.json", R"({
  "api_id": "pills",
  "name": "pills",
  "use_keyless": true,
  "listen_port": 9000,
  "protocol": "https",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_mixed_port_protocols
