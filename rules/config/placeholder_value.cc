// config/placeholder-value: a value that the vendor's page shows as a stand-in was left in the file.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>

#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::config_placeholder_value {
namespace {

/// True where an object round the place has `disabled: true`.
bool is_switched_off(const lint::InputSet& set, Span where) {
  return std::any_of(set.reading.objects.begin(), set.reading.objects.end(), [&](const gateways::KnownObject& object) {
    if (!object.node->where.contains(where)) return false;
    const Node* disabled = object.node->find("disabled");
    return disabled != nullptr && !disabled->unresolved && disabled->scalar == "true";
  });
}

/// "{SET-VIA-ENVIRONMENT-VARIABLE}": Tyk takes any value from the environment before that of the file.
bool names_environment(std::string_view text) {
  constexpr std::string_view kWord = "environment";
  return std::search(text.begin(), text.end(), kWord.begin(), kWord.end(),
                     [](unsigned char a, unsigned char b) { return std::tolower(a) == b; }) != text.end();
}

void report(Span where, std::string_view text, const lint::FieldPlace& place, lint::Reporter& out) {
  if (is_switched_off(out.set(), where)) {
    out.add(Severity::Info, where,
            fmt::format("'{}' is a documentation placeholder, not a real value; it is not read while this is disabled",
                        text),
            place.path());
  } else if (names_environment(text)) {
    out.add(Severity::Info, where,
            fmt::format("'{}' is a placeholder, not a real value, unless the environment replaces it", text),
            place.path());
  } else {
    out.add(where, fmt::format("'{}' is a documentation placeholder, not a real value", text), place.path());
  }
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  lint::for_each_unresolved(set, [&](const Node& value, const lint::FieldPlace& place) {
    // `"<host>": "<cert-id>"`: the key of an entry is a value as well.
    if (gateways::is_placeholder(place.entry)) {
      const Member* entry = place.member->value.find_member(place.entry);
      if (entry) report(entry->key_where, place.entry, place, out);
    }
    const bool text = value.is_text() && !value.defined;
    if (text && gateways::is_placeholder(value.scalar)) report(lint::place_of(value), value.scalar, place, out);
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/placeholder-value",
    .summary = "a documentation placeholder was left in the file",
    .why =
        "Vendors' pages write /path/to/cert.pem or <cert-id> where a real value belongs. Copied as it is, the field "
        "names a file or certificate that does not exist, and the gateway does not start or goes on without it.",
    .cites = {{"KrakenD, TLS settings", "", "https://www.krakend.io/docs/service-settings/tls/"},
              {"Tyk, mutual TLS", "", "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/"},
              {"Flex Gateway, TLS outbound", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .replaces = {"config/wrong-type", "config/missing-file", "tyk/unresolvable-certificate"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "/path/to/cert.pem",   //~ config/placeholder-value
        "private_key": "/path/to/key.pem"    //~ config/placeholder-value
      }
    ]
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "/etc/krakend/tls/api.pem",
        "private_key": "/etc/krakend/tls/api.key"
      }
    ]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::config_placeholder_value
