// tls/duplicate-list-entry: the same suite, group or protocol twice in one list.
#include <map>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_duplicate_list_entry {
namespace {

/// The places of each value, by a name that is the same for all its spellings.
using Places = std::map<std::string, std::vector<Span>>;

void report(const tls::TlsContext& context, const Places& values, lint::Reporter& out) {
  for (const auto& [name, places] : values) {
    if (places.size() < 2) continue;
    Finding& finding =
        out.add(context, places[1], fmt::format("{} is listed {} times; once is enough", name, places.size()));
    finding.related.push_back({places.front(), "first here"});
    finding.fix = out.remove({places.begin() + 1, places.end()}, "keep the first", true);
  }
}

/// Spellings that the gateway does not understand are nobody's duplicates: taking one away changes what is left.
Places ciphers(const tls::TlsContext& context) {
  Places result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (entry.accepted && entry.suite) result[tls::name(*entry.suite)].push_back(entry.where);
  }
  return result;
}

Places groups(const tls::TlsContext& context) {
  Places result;
  for (const tls::ListedGroup& entry : context.group_list.value) {
    if (entry.accepted) result[tls::name(entry.group)].push_back(entry.where);
  }
  return result;
}

Places protocols(const tls::TlsContext& context) {
  Places result;
  for (const tls::ListedText& entry : context.alpn_list.value) result[entry.text].push_back(entry.where);
  return result;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.cipher_list.written()) report(context, ciphers(context), out);
  if (context.group_list.written()) report(context, groups(context), out);
  if (context.alpn_list.written()) report(context, protocols(context), out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/duplicate-list-entry",
    .summary = "a list holds the same cipher suite, group or protocol twice",
    .why =
        "The second mention changes nothing. It is usually left over from an edit, or one of the two was meant to be "
        "another suite.",
    .cites = {{"KrakenD 2.6, TLS settings", "cipher_suites, curve_preferences",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"JSON Schema, validation", "6.4.3 uniqueItems",
               "https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4.3"}},
    .severity = Severity::Info,
    .fix = "safe: keep the first",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49200,
      49199   //~ tls/duplicate-list-entry
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
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49200
    ]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_duplicate_list_entry
