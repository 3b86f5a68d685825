// tyk/disabled-upstream-mtls: client certificates for upstreams behind a switch that is off.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_disabled_upstream_mtls {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::HostMap& map = api.upstream_certificates;
    if (!map.switched_off || map.entries.empty()) continue;
    out.add(map.key,
            fmt::format("{} entr{} without effect: upstream mutual TLS is switched off for this API",
                        map.entries.size(), map.entries.size() == 1 ? "y is" : "ies are"),
            api.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/disabled-upstream-mtls",
    .summary = "client certificates for upstreams are there, and their use is switched off",
    .why =
        "upstream_certificates_disabled (in OAS definitions mutualTLS.enabled: false) makes Tyk ignore the "
        "map of the API. The upstreams are called without a client certificate.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Warning,
    .fix = "none: switch it on, or remove the entries",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates_disabled": true,
  "upstream_certificates": {   //~ tyk/disabled-upstream-mtls
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_disabled_upstream_mtls
