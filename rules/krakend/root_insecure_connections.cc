// krakend/root-insecure-connections: verification of upstreams switched off at the root.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_root_insecure_connections {
namespace {

namespace krakend = gateways::krakend;

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const Member* member = configuration.allow_insecure_connections;
    if (member == nullptr) continue;
    Finding& finding = out.add(member->key_where,
                               "allow_insecure_connections at the root is deprecated since KrakenD 2.3 and unknown to "
                               "the schema since 2.4; it belongs into client_tls",
                               "client_tls");
    if (configuration.client_tls_presence != krakend::Presence::Absent || member->merged) continue;
    Span place = member->key_where;
    place.end = member->value.where.end;
    const bool json = configuration.document->format == Format::Json;
    const std::string value(out.text(member->value.where));
    finding.fix = out.replace(place,
                              json ? fmt::format(R"("client_tls": {{ "allow_insecure_connections": {} }})", value)
                                   : fmt::format("client_tls: {{ allow_insecure_connections: {} }}", value),
                              "move it into client_tls", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/root-insecure-connections",
    .summary = "allow_insecure_connections stands at the root",
    .why =
        "KrakenD still honours the switch at the root and makes a client_tls of it, whose minimum is TLS 1.3. "
        "The schema dropped it in 2.4, so that krakend check --lint refuses the file. That it switches off "
        "the verification of all upstreams is told by tls/unverified-peer.",
    .cites = {{"KrakenD 2.3, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.3/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: move it into client_tls",
    .replaces = {"config/unknown-field"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "allow_insecure_connections": false,   //~ krakend/root-insecure-connections
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
  "client_tls": { "min_version": "TLS12", "allow_insecure_connections": false },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_root_insecure_connections
