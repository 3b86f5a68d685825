// krakend/mixed-key-pairs: a pair in the old place beside the list of pairs.
#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_mixed_key_pairs {
namespace {

namespace krakend = gateways::krakend;

bool may_be_mutual(const krakend::Configuration& configuration) {
  const auto& mutual = configuration.tls.enable_mtls;
  return !mutual.known() || mutual.value;
}

/// There the pair in the old place is what keeps mutual TLS on (krakend/silent-mtls-off).
bool is_a_remedy(const krakend::Configuration& configuration) {
  return krakend::loses_mtls_with_keys(configuration.version.number) && may_be_mutual(configuration);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const krakend::TlsBlock& tls = configuration.tls;
    if (!krakend::tls_active(configuration) || configuration.version.number < krakend::kKeysSince) continue;
    if (!tls.legacy || krakend::is_empty(tls.legacy->public_key) || tls.key_pairs.empty()) continue;
    if (is_a_remedy(configuration)) continue;
    Finding& finding = out.add(tls.legacy->public_key->key_where,
                               "this pair is served behind those of keys; the default certificate is keys[0]", "tls");
    if (!tls.keys->value.open) finding.related.push_back({tls.key_pairs.front().where, "the default"});
    // From 2.7 to 2.10 the pair would be what keeps mutual TLS on.
    if (configuration.version.guessed && may_be_mutual(configuration))
      lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/mixed-key-pairs",
    .summary = "a key pair in the old place stands beside tls.keys",
    .why =
        "KrakenD appends the pair of public_key and private_key to those of keys. It is not the default any "
        "more, and is shown only to clients that ask for a name that no other pair covers.",
    .cites = {{"KrakenD 2.6, TLS settings", "keys, public_key, private_key",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: move it into keys, to the place it is meant to have",
    .bad = {.gateway = "krakend@2.8", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.8/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "public_key": "/etc/krakend/tls/api.pem",   //~ krakend/mixed-key-pairs
    "private_key": "/etc/krakend/tls/api.key",
    "keys": [{ "public_key": "/etc/krakend/tls/shop.pem", "private_key": "/etc/krakend/tls/shop.key" }]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.8", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.8/krakend.json",
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

}  // namespace tlsward::rules::krakend_mixed_key_pairs
