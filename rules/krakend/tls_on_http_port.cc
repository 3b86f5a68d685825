// krakend/tls-on-http-port: a TLS listener on port 80 or 8080.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_tls_on_http_port {
namespace {

constexpr std::array<std::int64_t, 2> kHttpPorts = {80, 8080};

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    if (!gateways::krakend::tls_active(configuration)) continue;
    const std::optional<std::int64_t> port = gateways::krakend::listen_port(configuration);
    if (!port || std::find(kHttpPorts.begin(), kHttpPorts.end(), *port) == kHttpPorts.end()) continue;
    const bool written = configuration.port != nullptr && !configuration.port->value.is_null();
    Finding& finding =
        out.add(written ? configuration.port->value.where : configuration.tls.key,
                fmt::format("port {}{} serves TLS only; plain HTTP requests get status 400 and are not redirected",
                            *port, written ? "" : ", the default,"),
                "tls");
    if (!written) finding.label = "no port beside it";
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/tls-on-http-port",
    .summary = "TLS is served on a port that is known for plain HTTP",
    .why =
        "With tls KrakenD speaks nothing but TLS on its one port. 80 and 8080 (the default) are where clients, health "
        "checks and colleagues expect plain HTTP, which is answered with status 400. The usual ports are 443 and 8443.",
    .cites = {{"KrakenD 2.6, TLS settings", "TLS server settings",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, HTTP server settings", "port",
               "https://www.krakend.io/docs/service-settings/http-server-settings/"}},
    .severity = Severity::Info,
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8080,   //~ krakend/tls-on-http-port
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_tls_on_http_port
