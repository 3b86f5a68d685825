// krakend/implicit-default-certificate: the certificate for clients that name no known host.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_implicit_default_certificate {
namespace {

namespace krakend = gateways::krakend;

/// A template may put a pair in front.
bool knows_first(const krakend::TlsBlock& tls) {
  return !tls.open && (tls.keys == nullptr || (tls.keys->value.is_list() && !tls.keys->value.open));
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    if (!krakend::tls_active(configuration) || !knows_first(configuration.tls)) continue;
    const auto pairs = krakend::served_pairs(configuration);
    if (pairs.size() < 2 || pairs.front()->public_key == nullptr) continue;
    const Node& certificate = pairs.front()->public_key->value;
    if (!certificate.is_scalar() || certificate.unresolved) continue;
    out.add(certificate.where,
            fmt::format("clients without SNI, or with a name that no certificate covers, get that of {} ('{}')",
                        pairs.front()->path, certificate.scalar),
            "tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/implicit-default-certificate",
    .summary = "the first certificate is that for unknown names",
    .why =
        "Of several certificates Go takes the first that fits the client's server name and algorithms. "
        "Clients that send no name, or one that none of them covers, get the first of the list; whoever sorts "
        "it changes what they see.",
    .cites = {{"KrakenD 2.6, TLS settings", "keys", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Go, crypto/tls", "Config.Certificates", "https://pkg.go.dev/crypto/tls#Config"}},
    .severity = Severity::Info,
    .fix = "none: put the default first",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [
      { "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" },   //~ krakend/implicit-default-certificate
      { "public_key": "/etc/krakend/tls/shop.pem", "private_key": "/etc/krakend/tls/shop.key" }
    ]
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
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_implicit_default_certificate
