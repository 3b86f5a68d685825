// krakend/disabled-tls: a tls section with certificates that is switched off.
#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_disabled_tls {
namespace {

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const auto& disabled = configuration.tls.disabled;
    if (!disabled.written() || !disabled.value) continue;
    Finding& finding = out.add(
        disabled.where, "disabled is true, so that the listener serves plain HTTP although tls is configured", "tls");
    finding.fix = out.remove(disabled.where, "remove disabled, so that the listener serves TLS", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/disabled-tls",
    .summary = "the tls section is there but disabled",
    .why =
        "The flag is meant for development: everything else in tls stays in place and looks as if it were in force, "
        "while KrakenD listens with plain HTTP. krakend audit rates this critical (2.1.3). Behind a load balancer that "
        "terminates TLS it may be meant so; then \"tls\": null says it more plainly, which the schema allows since "
        "2.2.",
    .cites = {{"KrakenD 2.6, TLS settings", "disabled", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, audit", "2.1.3", "https://www.krakend.io/docs/configuration/audit/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: remove the flag; the listener then speaks TLS only",
    .replaces_in_context = {"tls/cleartext-endpoint"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "disabled": true   //~ krakend/disabled-tls
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

}  // namespace tlsward::rules::krakend_disabled_tls
