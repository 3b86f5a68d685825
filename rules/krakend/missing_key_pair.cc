// krakend/missing-key-pair: tls without any certificate.
#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_missing_key_pair {
namespace {

using gateways::krakend::Configuration;

bool may_hold_keys(const Configuration& configuration) {
  const Member* keys = configuration.tls.keys;
  if (keys == nullptr || keys->value.is_null()) return false;
  return !keys->value.is_list() || keys->value.open || !keys->value.items.empty();
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const Configuration& configuration : model.configurations) {
    const auto& tls = configuration.tls;
    if (!gateways::krakend::tls_active(configuration) || tls.open || tls.legacy || may_hold_keys(configuration))
      continue;
    const bool knows_keys = configuration.version.number >= gateways::krakend::kKeysSince;
    const bool empty_list = knows_keys && tls.keys != nullptr;
    Finding& finding = out.add(empty_list ? tls.keys->value.where : tls.key,
                               knows_keys ? "tls holds no certificate, with which KrakenD stops with \"public key not "
                                            "defined\"; it needs one entry in keys at least"
                                          : "tls holds no certificate, with which KrakenD stops with \"public key not "
                                            "defined\"; it needs public_key and private_key",
                               "tls");
    if (!empty_list) finding.label = knows_keys ? "no keys here" : "no public_key and private_key here";
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/missing-key-pair",
    .summary = "the tls section names no certificate",
    .why =
        "As soon as tls is an object KrakenD serves TLS and needs a certificate with its key; without one it refuses "
        "to start. A listener without TLS leaves tls out, or sets it to null.",
    .cites = {{"KrakenD 2.6, TLS settings", "TLS server settings",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"lura 2.6.1, server.go", "ErrPublicKey",
               "https://github.com/luraproject/lura/blob/v2.6.1/transport/http/server/server.go"}},
    .severity = Severity::Error,
    .fix = "none: name certificate and key",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {   //~ krakend/missing-key-pair
    "min_version": "TLS13"
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS13"
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_missing_key_pair
