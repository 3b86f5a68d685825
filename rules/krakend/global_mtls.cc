// krakend/global-mtls: mutual TLS, which covers the health endpoint too.
#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_global_mtls {
namespace {

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const auto& mtls = configuration.tls.enable_mtls;
    if (!gateways::krakend::tls_active(configuration) || !mtls.written() || !mtls.value) continue;
    out.add(mtls.where,
            "enable_mtls covers every endpoint, so that probes of load balancers and Kubernetes on /__health need a "
            "client certificate too",
            "tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/global-mtls",
    .summary = "mutual TLS covers every endpoint, /__health included",
    .why =
        "KrakenD asks for the client certificate in the handshake, before it knows which endpoint is called. Nothing "
        "on that port is excepted: a liveness probe over HTTPS without a certificate fails and its container is "
        "restarted. Probe the TCP port, or give the probe a certificate.",
    .cites = {{"KrakenD 2.6, TLS settings", "enable_mtls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, mutual authentication", "",
               "https://www.krakend.io/docs/authorization/mutual-authentication/"}},
    .severity = Severity::Info,
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,   //~ krakend/global-mtls
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
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

}  // namespace tlsward::rules::krakend_global_mtls
