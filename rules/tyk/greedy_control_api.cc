// tyk/greedy-control-api: mutual TLS of the control API that all APIs get.
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_greedy_control_api {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    const tyk::Number& port = conf.control_api_port;
    const tyk::Word& host = conf.control_api_hostname;
    if (!tyk::is_on(conf.use_ssl) || !tyk::is_on(conf.control_api_use_mutual_tls)) continue;
    if (!port.known() || !host.known() || !host.value.empty()) continue;
    const bool port_known = conf.listen_port.known();
    const long shared = tyk::gateway_port(conf);
    if (port.value != 0 && (!port_known || port.value != shared)) continue;
    out.add(conf.control_api_use_mutual_tls.where,
            fmt::format("the control API has neither a host name nor a port of its own, so that every API on {} "
                        "now requires a certificate of the control API",
                        port_known ? fmt::format("port {}", shared) : "the gateway's port"),
            "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/greedy-control-api",
    .summary = "mutual TLS of the control API covers every API of its port",
    .why =
        "control_api_use_mutual_tls makes the handshake of the control API require a certificate of "
        "security.certificates.control_api. Which handshake that is, Tyk tells by control_api_hostname or "
        "control_api_port; with neither it is every handshake of the port, and the clients of all APIs are "
        "locked out.",
    .cites = {{"Tyk, implementing TLS", "Control API", "https://tyk.io/docs/5.13/api-management/implement-tls"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: control_api_port or control_api_hostname",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "security": {
    "control_api_use_mutual_tls": true,   //~ tyk/greedy-control-api
    "certificates": { "control_api": ["/etc/tyk/operators.pem"] }
  },
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "control_api_port": 9443,
  "security": {
    "control_api_use_mutual_tls": true,
    "certificates": { "control_api": ["/etc/tyk/operators.pem"] }
  },
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_greedy_control_api
