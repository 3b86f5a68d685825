// krakend/silent-mtls-off: mutual TLS that KrakenD 2.7.0 to 2.10.2 ignores without a word.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_silent_mtls_off {
namespace {

bool has_legacy_certificate(const gateways::krakend::TlsBlock& tls) {
  return tls.legacy && !gateways::krakend::is_empty(tls.legacy->public_key);
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const auto& tls = configuration.tls;
    if (!gateways::krakend::tls_active(configuration) || !tls.enable_mtls.written() || !tls.enable_mtls.value) continue;
    if (tls.open || tls.key_pairs.empty() || has_legacy_certificate(tls)) continue;
    const auto version = configuration.version.number;
    if (!gateways::krakend::loses_mtls_with_keys(version)) continue;
    out.add(tls.enable_mtls.where,
            fmt::format("KrakenD {} ignores enable_mtls where the certificates are in tls.keys, so clients without a "
                        "certificate are let in; upgrade to 2.11 or also set public_key and private_key below tls",
                        gateways::name(version)),
            "tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/silent-mtls-off",
    .summary = "KrakenD 2.7 to 2.10 ignores enable_mtls with tls.keys",
    .why =
        "When tls.keys came, the code that switches mutual TLS on went on to look for the old public_key. Where that "
        "is "
        "absent it logs that it cannot load the public key and serves without asking for client certificates: the API "
        "is open to everybody. KrakenD 2.11.0 mended it.",
    .cites = {{"lura, change 68aa882 (KrakenD 2.11.0)", "", "https://github.com/luraproject/lura/commit/68aa882"},
              {"KrakenD, mutual authentication", "",
               "https://www.krakend.io/docs/authorization/mutual-authentication/"}},
    .severity = Severity::Error,
    .fix = "none: upgrade to 2.11, or also write the legacy public_key and private_key",
    // What they say of mutual TLS holds only where there is any.
    .replaces = {"krakend/public-client-ca", "krakend/global-mtls"},
    .bad = {.gateway = "krakend@2.9", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.9/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,   //~ krakend/silent-mtls-off
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.11", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.11/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_silent_mtls_off
