// krakend/enterprise-only-tls: TLS settings of one connection, in the Community Edition.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_enterprise_only_tls {
namespace {

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  if (out.options().read.edition != gateways::Edition::Community) return;
  for (const auto& configuration : model.configurations) {
    for (const auto& block : configuration.enterprise) {
      out.add(block.key,
              fmt::format("{} in {} works in the Enterprise Edition only; the Community Edition ignores it{}",
                          out.text(block.key), block.name_space,
                          block.name_space == "backend/http/client" ? " and uses client_tls of the root" : ""),
              block.subject);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/enterprise-only-tls",
    .summary = "TLS settings of a single backend in the Community Edition",
    .why =
        "The Community Edition knows one client_tls for all backends, at the root of the configuration. Settings of a "
        "single backend, of Redis or of Kafka belong to components of the Enterprise Edition; the Community Edition "
        "skips the whole namespace without a word, and with it the CA, the client certificate and the versions.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD Enterprise, HTTP client options", "",
               "https://www.krakend.io/docs/enterprise/backends/http-client/"}},
    .severity = Severity::Error,
    .fix = "none: move the settings to client_tls of the root, where they apply to every backend",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "host": ["https://orders.internal.example"],
          "url_pattern": "/v1/orders",
          "extra_config": {
            "backend/http/client": {
              "client_tls": {   //~ krakend/enterprise-only-tls
                "min_version": "TLS12",
                "ca_certs": ["/etc/krakend/tls/internal-ca.pem"]
              }
            }
          }
        }
      ]
    }
  ]
}
)",
            .options = "--edition ce"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {
    "min_version": "TLS12",
    "ca_certs": ["/etc/krakend/tls/internal-ca.pem"]
  },
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "host": ["https://orders.internal.example"],
          "url_pattern": "/v1/orders"
        }
      ]
    }
  ]
}
)",
             .options = "--edition ce"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_enterprise_only_tls
