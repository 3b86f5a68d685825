// krakend/legacy-key-pair: public_key and private_key right below tls, where KrakenD has tls.keys since 2.7.
#include <fmt/format.h>

#include <optional>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_legacy_key_pair {
namespace {

using gateways::krakend::Configuration;
using gateways::krakend::KeyPair;

// Since 2.11 the files of `keys` count as issuers of client certificates, and that of the legacy pair does not.
bool may_admit_clients(const Configuration& configuration) {
  const auto& mutual = configuration.tls.enable_mtls;
  return configuration.version.number >= gateways::ProductVersion{2, 11, 0} && (mutual.value || !mutual.known());
}

std::optional<Fix> moved(const Configuration& configuration, const KeyPair& pair, const lint::Reporter& out) {
  if (configuration.tls.keys != nullptr || pair.open) return std::nullopt;
  if (gateways::krakend::is_empty(pair.public_key) || gateways::krakend::is_empty(pair.private_key))
    return std::nullopt;
  const bool known = !configuration.version.guessed && configuration.version.number >= gateways::krakend::kKeysSince;
  const bool safe = known && !may_admit_clients(configuration);
  return out.gather(pair.public_key->key_where, pair.private_key->key_where, "keys", "move the pair into tls.keys",
                    safe);
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const Configuration& configuration : model.configurations) {
    const auto& tls = configuration.tls;
    const auto& version = configuration.version;
    if (!tls.legacy || (!version.guessed && version.number < gateways::krakend::kKeysSince)) continue;
    // There the legacy pair is what keeps mutual TLS alive.
    const bool may_be_mutual = tls.enable_mtls.value || !tls.enable_mtls.known();
    if (gateways::krakend::loses_mtls_with_keys(version.number) && may_be_mutual) continue;
    const Member& member = *(tls.legacy->public_key != nullptr ? tls.legacy->public_key : tls.legacy->private_key);
    Finding& finding =
        out.add(version.guessed ? Severity::Info : Severity::Warning, member.key_where,
                fmt::format("{} stands right below tls, where it is deprecated since KrakenD 2.7 and unknown to the "
                            "schema since 2.9; tls.keys holds the pairs",
                            member.key),
                "tls");
    if (version.guessed) lint::Reporter::lower(finding, Confidence::Medium);
    finding.fix = moved(configuration, *tls.legacy, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/legacy-key-pair",
    .summary = "public_key and private_key stand right below tls",
    .why =
        "Since KrakenD 2.7 the certificates are listed in tls.keys, one entry for each name that is served. krakend "
        "check --lint fails without keys from 2.7 on, and knows public_key and private_key no more from 2.9 on; the "
        "server itself still reads them. From 2.7.0 to 2.10.2 with enable_mtls the pair is needed, because those "
        "releases forget mutual TLS without it, and is not reported.",
    .cites = {{"KrakenD, TLS settings", "keys", "https://www.krakend.io/docs/service-settings/tls/"},
              {"KrakenD, audit", "7.3.1", "https://www.krakend.io/docs/configuration/audit/"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix =
        "safe where the version is known, unless mutual TLS since 2.11 would trust the file: move the pair into "
        "tls.keys",
    .replaces = {"config/unknown-field", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "public_key": "/etc/krakend/tls/api.pem",   //~ krakend/legacy-key-pair
    "private_key": "/etc/krakend/tls/api.key"
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

}  // namespace tlsward::rules::krakend_legacy_key_pair
