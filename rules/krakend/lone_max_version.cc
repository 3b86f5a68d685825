// krakend/lone-max-version: a maximum below the minimum that goes without saying.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_lone_max_version {
namespace {

namespace krakend = gateways::krakend;

void check_block(const krakend::Settings& block, std::string_view subject, lint::Reporter& out) {
  if (block.open || block.max_version == nullptr || !krakend::is_empty(block.min_version)) return;
  const Node& value = block.max_version->value;
  if (value.unresolved || !value.is_text()) return;
  const auto version = krakend::named_version(value.scalar);
  if (!version || *version >= tls::kTls13) return;
  Finding& finding = out.add(
      lint::place_of(value),
      fmt::format(
          "max_version is {}, but min_version defaults to TLS13, so that no version is left and every handshake fails",
          value.scalar),
      subject);
  finding.label = "no min_version beside it";
  // Of older versions nothing is left either: no default suite serves them.
  if (block.node != nullptr && *version == tls::kTls12)
    finding.fix = out.insert(block.node->where, "min_version", std::string(out.text(value.where)), false);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    if (krakend::tls_active(configuration)) check_block(configuration.tls, "tls", out);
    for (const krakend::ClientTls* block : krakend::client_blocks(configuration, out.options().read.edition))
      check_block(*block, block->subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/lone-max-version",
    .summary = "max_version is below the default of min_version",
    .why =
        "Without min_version KrakenD sets TLS13. A max_version below that alone leaves an empty range: the "
        "server starts, and every handshake fails with \"protocol version not supported\".",
    .cites = {{"KrakenD 2.6, TLS settings", "min_version, max_version",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix =
        "unsafe: for TLS12 the same min_version, clients then get in; none for older ones, which no default suite "
        "serves",
    .replaces = {"tls/inverted-version-range", "tls/tls13-disabled", "krakend/schema-violation"},
    .replaces_in_context = {"tls/inverted-version-range", "tls/version-without-cipher",
                            "krakend/implicit-client-tls13"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "max_version": "TLS12"   //~ krakend/lone-max-version
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
    "min_version": "TLS12",
    "max_version": "TLS12"
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_lone_max_version
