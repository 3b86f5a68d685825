// krakend/keys-too-new: tls.keys on a KrakenD that does not know it yet.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_keys_too_new {
namespace {

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const auto& tls = configuration.tls;
    const auto& version = configuration.version;
    if (!gateways::krakend::tls_active(configuration) || tls.keys == nullptr) continue;
    if (version.number >= gateways::krakend::kKeysSince || gateways::krakend::lists_nothing(tls.keys->value)) continue;
    Finding& finding =
        out.add(tls.keys->key_where,
                fmt::format("KrakenD {} ignores keys, which exists since 2.7; it takes public_key and private_key{}",
                            gateways::name(version.number),
                            tls.legacy || tls.open ? "" : " and stops with \"public key not defined\" without them"),
                "tls");
    if (version.guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/keys-too-new",
    .summary = "tls.keys on a KrakenD before 2.7",
    .why =
        "The list of key pairs came with KrakenD 2.7. Older releases skip it like any key that they do not know, and "
        "refuse to start because they find no certificate right below tls.",
    .cites = {{"KrakenD 2.6, TLS settings", "public_key, private_key",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, TLS settings", "keys", "https://www.krakend.io/docs/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "none: write the pair right below tls, or upgrade KrakenD",
    .replaces = {"config/unknown-field", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.6", .text = R"({
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [   //~ krakend/keys-too-new
      { "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }
    ]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.6", .text = R"({
  "version": 3,
  "port": 8443,
  "tls": {
    "public_key": "/etc/krakend/tls/api.pem",
    "private_key": "/etc/krakend/tls/api.key"
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_keys_too_new
