// krakend/non-integer-cipher: a cipher suite by its name.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_non_integer_cipher {
namespace {

namespace krakend = gateways::krakend;

constexpr std::int64_t kLargest = 65535;

/// "0xC02F": KrakenD converts it. Decimal digits in quotes are config/wrong-type's.
void check_hexadecimal(const Node& entry, std::int64_t id, std::string_view subject, lint::Reporter& out) {
  const bool hexadecimal = entry.scalar.starts_with("0x") || entry.scalar.starts_with("0X");
  if (!entry.is_text() || !hexadecimal || id < 0 || id > kLargest) return;
  Finding& finding = out.add(
      Severity::Warning, entry.where,
      fmt::format("cipher_suites takes integers; '{}' is {}, to which KrakenD converts it", entry.scalar, id), subject);
  finding.fix = out.replace(entry.where, fmt::format("{}", id), fmt::format("write {}", id), true);
}

void check_entry(const Node& entry, std::string_view subject, lint::Reporter& out) {
  if (entry.unresolved || !entry.is_scalar() || entry.is_null()) return;
  if (const auto id = krakend::decode_integer(entry)) return check_hexadecimal(entry, *id, subject, out);
  const auto suite = tls::parse_cipher_suite(entry.scalar);
  if (!suite) {
    out.add(entry.where,
            fmt::format("cipher_suites takes integers; '{}' is none, and no cipher suite either",
                        entry.scalar.substr(0, 60)),
            subject);
    return;
  }
  Finding& finding =
      out.add(entry.where, fmt::format("cipher_suites takes integers; {} is {}", entry.scalar, suite->code), subject);
  finding.fix = out.replace(entry.where, fmt::format("{}", suite->code), fmt::format("write {}", suite->code), false);
}

void check_block(const krakend::Settings& block, std::string_view subject, lint::Reporter& out) {
  if (block.cipher_suites == nullptr) return;
  const auto entries = krakend::list_entries(block.cipher_suites->value);
  if (!entries) return;
  for (const Node& entry : *entries) check_entry(entry, subject, out);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    check_block(configuration.tls, "tls", out);
    for (const krakend::ClientTls* block : krakend::client_blocks(configuration, out.options().read.edition))
      check_block(*block, block->subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/non-integer-cipher",
    .summary = "a cipher suite is given by its name",
    .why =
        "cipher_suites is a list of the numbers of the IANA registry, in decimal. With a name in it KrakenD "
        "cannot decode the configuration and does not start. A hexadecimal number in quotes it converts; "
        "krakend check --lint refuses it.",
    .cites = {{"KrakenD 2.6, TLS settings", "cipher_suites", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"IANA, TLS Cipher Suites", "",
               "https://www.iana.org/assignments/tls-parameters/tls-parameters.xhtml#tls-parameters-4"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: the number, with which KrakenD starts; safe for hexadecimal numbers",
    .replaces = {"config/wrong-type", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"   //~ krakend/non-integer-cipher
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
    "cipher_suites": [49199]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_non_integer_cipher
