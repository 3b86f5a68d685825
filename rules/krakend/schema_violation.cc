// krakend/schema-violation: what the schema refuses though KrakenD reads it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gateways/gateway.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_schema_violation {
namespace {

using gateways::Key;
using gateways::KnownObject;

constexpr std::string_view kTypes[] = {"tls", "client_tls", "tls.keys[]", "client_tls.client_certs[]"};

bool is_about_tls(const KnownObject& object) {
  return std::find(std::begin(kTypes), std::end(kTypes), object.type->name) != std::end(kTypes);
}

/// Whether `value` is one of "a|b|c".
bool is_allowed(std::string_view allowed, std::string_view value) {
  while (!allowed.empty()) {
    const std::size_t bar = std::min(allowed.find('|'), allowed.size());
    if (allowed.substr(0, bar) == value) return true;
    allowed.remove_prefix(std::min(bar + 1, allowed.size()));
  }
  return false;
}

std::string with_commas(std::string_view allowed) {
  std::string text;
  for (const char c : allowed) text += c == '|' ? ", " : std::string(1, c);
  return text;
}

void check_value(const gateways::Claimed& claimed, const KnownObject& object, const Member& member, const Key& row,
                 lint::Reporter& out) {
  const std::string path = gateways::join_path(object.path, member.key);
  const std::string schema = fmt::format("the schema of {}", gateways::name(claimed.version.number));
  const Node& value = member.value;
  Finding* finding = nullptr;
  if (value.is_null()) {
    finding = &out.add(lint::place_of(value),
                       fmt::format("{} is null, where {} wants {}; KrakenD takes it for absent", path, schema,
                                   gateways::name(row.type)),
                       object.path);
  } else if (value.is_scalar() && !value.unresolved && !row.allowed.empty() && !is_allowed(row.allowed, value.scalar)) {
    finding = &out.add(lint::place_of(value),
                       fmt::format("{} is {}, where {} allows {}", path, lint::shown(value, member.key), schema,
                                   with_commas(row.allowed)),
                       object.path);
  }
  if (finding) lint::Reporter::by_version(*finding, claimed);
}

void check(const gateways::Claimed& claimed, lint::Reporter& out) {
  if (claimed.gateway->id != "krakend") return;
  for (const KnownObject& object : out.set().reading.objects) {
    if (object.document != claimed.document || !is_about_tls(object)) continue;
    for (const Member& member : object.node->members) {
      const Key* row = gateways::find_key(*object.type, member.key);
      if (row != nullptr) check_value(claimed, object, member, *row, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/schema-violation",
    .summary = "a value that the schema of the release refuses",
    .why =
        "KrakenD reads more than its JSON Schema allows: null and the empty text stand for an absent key. "
        "krakend check --lint and editors that know the schema refuse the file all the same. Told only where "
        "no other rule says more.",
    .cites = {{"KrakenD, configuration check", "--lint", "https://www.krakend.io/docs/configuration/check/"},
              {"KrakenD 2.6, TLS settings", "", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "none: remove the key",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "max_version": ""   //~ krakend/schema-violation
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
    "max_version": "TLS13"
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_schema_violation
