// krakend/ignored-curve-order: an order of curves that Go does not follow any more.
#include <algorithm>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_ignored_curve_order {
namespace {

namespace krakend = gateways::krakend;

/// From Go 1.24 on crypto/tls has an order of its own.
constexpr gateways::ProductVersion kGoWithOwnOrder{1, 24, 0};
constexpr std::int64_t kOrder[] = {4588, 29, 23, 24, 25};

/// The place of each listed curve in Go's order; nullopt where one is not known.
std::optional<std::vector<std::ptrdiff_t>> ranks(const Member& curves) {
  const auto entries = krakend::list_entries(curves.value);
  if (!entries) return std::nullopt;
  std::vector<std::ptrdiff_t> result;
  for (const Node& entry : *entries) {
    const auto curve = krakend::decode_integer(entry);
    if (!curve) return std::nullopt;
    const auto* found = std::find(std::begin(kOrder), std::end(kOrder), *curve);
    if (found != std::end(kOrder)) result.push_back(found - std::begin(kOrder));
  }
  return result;
}

void check_block(const krakend::Configuration& configuration, const krakend::Settings& block, std::string_view subject,
                 lint::Reporter& out) {
  if (block.curve_preferences == nullptr) return;
  const auto order = ranks(*block.curve_preferences);
  if (!order || std::is_sorted(order->begin(), order->end())) return;
  Finding& finding = out.add(lint::place_of(block.curve_preferences->value),
                             "the order of curve_preferences has no effect: KrakenD is built with Go 1.24 or later "
                             "since 2.9.4, which has its own",
                             subject);
  if (configuration.version.guessed) lint::Reporter::lower(finding, Confidence::Medium);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    if (krakend::build_of(configuration.version.number).version < kGoWithOwnOrder) continue;
    if (krakend::tls_active(configuration)) check_block(configuration, configuration.tls, "tls", out);
    for (const krakend::ClientTls* block : krakend::client_blocks(configuration, out.options().read.edition))
      check_block(configuration, *block, block->subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/ignored-curve-order",
    .summary = "the order of curve_preferences has no effect",
    .why =
        "Up to Go 1.23 the first curve of the list that the client had a key share for was taken. Since Go "
        "1.24 the list only says which groups are allowed; the order is that of the library: X25519MLKEM768, "
        "X25519, P-256, P-384, P-521.",
    .cites = {{"Go, crypto/tls", "Config.CurvePreferences", "https://pkg.go.dev/crypto/tls#Config"},
              {"Go 1.24 release notes", "crypto/tls", "https://go.dev/doc/go1.24#cryptotlspkgcryptotls"},
              {"KrakenD 2.6, TLS settings", "curve_preferences",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: any order does",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [25, 24, 23]   //~ krakend/ignored-curve-order
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
    "curve_preferences": [23, 24, 25]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_ignored_curve_order
