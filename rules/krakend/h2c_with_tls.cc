// krakend/h2c-with-tls: HTTP/2 without TLS.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_h2c_with_tls {
namespace {

namespace krakend = gateways::krakend;

/// First releases of the two places. Source: krakend-ce, issue 772; lura, pull request 694, which keeps the router's
/// option for what is there; krakend-schema, which lists it no more in 2.12 (read 2026-11-28).
constexpr gateways::ProductVersion kRouterOptionSince{2, 3};
constexpr gateways::ProductVersion kRootSince{2, 5};

/// The switch where it is on: at the root, or in its older place, the options of the router.
const Member* switched_on(const krakend::Configuration& configuration) {
  const Node* extra = configuration.root->find("extra_config");
  const Node* router = extra == nullptr ? nullptr : extra->find("router");
  if (router == nullptr && extra != nullptr) router = extra->find("github_com/luraproject/lura/router/gin");
  const auto version = configuration.version.number;
  for (const Node* owner :
       {version < kRootSince ? nullptr : configuration.root, version < kRouterOptionSince ? nullptr : router}) {
    const Member* member = owner == nullptr ? nullptr : owner->find_member("use_h2c");
    if (member != nullptr && krakend::decode_bool(member->value) == true) return member;
  }
  return nullptr;
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const Member* member = switched_on(configuration);
    if (member == nullptr || configuration.tls.presence == krakend::Presence::Unknown) continue;
    if (!configuration.tls.disabled.known()) continue;
    if (krakend::tls_active(configuration)) {
      out.add(member->key_where,
              "use_h2c is HTTP/2 without TLS and of no use where the listener speaks TLS, which offers h2 by itself",
              "tls");
    } else {
      out.add(Severity::Info, member->key_where,
              "use_h2c is HTTP/2 without TLS; right only behind something that ends TLS", "use_h2c");
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/h2c-with-tls",
    .summary = "use_h2c offers HTTP/2 without TLS",
    .why =
        "h2c lets clients speak HTTP/2 over a plain connection, which is meant for a KrakenD behind a load "
        "balancer that ends TLS. On a TLS listener HTTP/2 is negotiated by ALPN and the switch has no use; "
        "where the port is ever served without TLS, it opens it to everybody in the clear.",
    .cites = {{"KrakenD, HTTP server settings", "use_h2c",
               "https://www.krakend.io/docs/service-settings/http-server-settings/"},
              {"KrakenD, audit", "2.1.8", "https://www.krakend.io/docs/configuration/audit/"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix = "none: remove use_h2c",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "use_h2c": true,   //~ krakend/h2c-with-tls
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
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_h2c_with_tls
