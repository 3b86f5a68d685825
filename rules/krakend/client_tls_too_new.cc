// krakend/client-tls-too-new: settings of client_tls that the release does not have.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_client_tls_too_new {
namespace {

namespace krakend = gateways::krakend;

bool is_nothing(const Node& value) {
  const auto entries = krakend::list_entries(value);
  return entries && entries->empty() && !value.open;
}

void check_since(const krakend::Configuration& configuration, Span where, std::string_view key,
                 gateways::ProductVersion since, std::string_view subject, lint::Reporter& out) {
  if (configuration.version.number >= since) return;
  out.add(where,
          fmt::format("{} exists since KrakenD {}; {} ignores it", key, gateways::name(since),
                      gateways::name(configuration.version.number)),
          subject);
}

void check_block(const krakend::Configuration& configuration, const krakend::ClientTls& block, lint::Reporter& out) {
  const gateways::ProductVersion since = block.since;
  const std::string link = since == krakend::kRedisClustersSince ? "redis clusters" : block.name_space;
  const std::string key = block.name_space.empty() ? "client_tls" : fmt::format("TLS of {}", link);
  check_since(configuration, block.key, key, since, block.subject, out);
  if (configuration.version.number < since || block.client_certs == nullptr) return;
  if (is_nothing(block.client_certs->value)) return;
  check_since(configuration, block.client_certs->key_where, "client_certs", krakend::kClientCertsSince, block.subject,
              out);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    // A setting that the guessed release does not have says that the guess is wrong.
    if (configuration.version.guessed) continue;
    if (configuration.client_tls) check_block(configuration, *configuration.client_tls, out);
    if (out.options().read.edition == gateways::Edition::Community) continue;
    for (const krakend::ClientTls& block : configuration.enterprise) check_block(configuration, block, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/client-tls-too-new",
    .summary = "a setting of client_tls is newer than the release",
    .why =
        "client_tls came with KrakenD 2.3 and its client_certs with 2.5; in the Enterprise Edition, TLS of Redis "
        "came with 2.8, of its clusters with 2.9 and of Kafka with 2.13. An older release reads past them: "
        "upstreams are then called without the CA, or without the client certificate, that the file names.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD 2.5, TLS settings", "client_certs", "https://www.krakend.io/docs/v2.5/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "none: upgrade, or leave it out",
    .replaces = {"config/unknown-field", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.4", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.4/krakend.json",
  "version": 3,
  "port": 8443,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [   //~ krakend/client-tls-too-new
      { "certificate": "/etc/krakend/tls/client.pem", "private_key": "/etc/krakend/tls/client.key" }
    ]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.5", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.5/krakend.json",
  "version": 3,
  "port": 8443,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      { "certificate": "/etc/krakend/tls/client.pem", "private_key": "/etc/krakend/tls/client.key" }
    ]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_client_tls_too_new
