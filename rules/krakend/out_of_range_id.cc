// krakend/out-of-range-id: a cipher or curve number that is none.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_out_of_range_id {
namespace {

namespace krakend = gateways::krakend;

constexpr std::int64_t kLargest = 65535;

std::string consequence(const Node& entry, std::int64_t id) {
  if (entry.is_text()) return "KrakenD does not load the file";
  if (id < 0) return "what KrakenD makes of it is not defined";
  return fmt::format("KrakenD keeps its lowest 16 bits, {}", static_cast<std::uint16_t>(id));
}

void check_list(const Member* list, std::string_view subject, lint::Reporter& out) {
  if (list == nullptr) return;
  const auto entries = krakend::list_entries(list->value);
  if (!entries) return;
  for (const Node& entry : *entries) {
    const auto id = krakend::decode_integer(entry);
    if (!id || (*id >= 0 && *id <= kLargest)) continue;
    out.add(entry.where,
            fmt::format("{} is not from 0 to 65535, the range of 16-bit ids, and {}", *id, consequence(entry, *id)),
            subject);
  }
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    check_list(configuration.tls.cipher_suites, "tls", out);
    check_list(configuration.tls.curve_preferences, "tls", out);
    for (const krakend::ClientTls* block : krakend::client_blocks(configuration, out.options().read.edition)) {
      check_list(block->cipher_suites, block->subject, out);
      check_list(block->curve_preferences, block->subject, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/out-of-range-id",
    .summary = "a cipher or curve number does not fit in 16 bits",
    .why =
        "Cipher suites and groups are 16-bit numbers, and KrakenD decodes them as such without a word where one is "
        "larger: another suite or curve is then allowed, or none. In quotes such a number stops KrakenD.",
    .cites = {{"KrakenD 2.6, TLS settings", "cipher_suites, curve_preferences",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"RFC 8446", "4.1.2, 4.2.7", "https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2"}},
    .severity = Severity::Error,
    .fix = "none: the number of the registry",
    .replaces = {"krakend/unknown-cipher-id", "krakend/unknown-curve", "krakend/schema-violation", "config/wrong-type"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      70000   //~ krakend/out-of-range-id
    ]
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
    "cipher_suites": [49199, 49200]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_out_of_range_id
