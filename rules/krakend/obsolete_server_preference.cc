// krakend/obsolete-server-preference: a switch that Go stopped to read.
#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_obsolete_server_preference {
namespace {

namespace krakend = gateways::krakend;

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    if (configuration.tls.node == nullptr) continue;
    const Member* member = configuration.tls.node->find_member("prefer_server_cipher_suites");
    if (member == nullptr) continue;
    Finding& finding = out.add(
        member->key_where,
        "prefer_server_cipher_suites has no effect since Go 1.17, and is unknown to the schema since KrakenD 2.4",
        "tls");
    finding.fix = out.remove(member->key_where, "remove it", true);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/obsolete-server-preference",
    .summary = "prefer_server_cipher_suites has no effect",
    .why =
        "Since Go 1.17 the library orders the suites by itself and does not read the switch any more. KrakenD "
        "2.4 took it out of its schema, so that krakend check --lint refuses the file.",
    .cites = {{"Go 1.17 release notes", "crypto/tls", "https://go.dev/doc/go1.17#crypto/tls"},
              {"KrakenD 2.3, TLS settings", "prefer_server_cipher_suites",
               "https://www.krakend.io/docs/v2.3/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "safe: remove the key",
    .replaces = {"config/unknown-field", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "prefer_server_cipher_suites": true   //~ krakend/obsolete-server-preference
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

}  // namespace tlsward::rules::krakend_obsolete_server_preference
