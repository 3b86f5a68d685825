// config/duplicate-key: one object has the same key twice.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include "lint/rule.h"

namespace tlsward::rules::config_duplicate_key {
namespace {

std::string in_small_letters(std::string_view key) {
  std::string result(key);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

void report_spelling(const Member& first, const Member& again, lint::Reporter& out) {
  Finding& finding =
      out.add(again.key_where,
              fmt::format("key '{}' is '{}' again, for letter case does not count; {} keeps the last one", again.key,
                          first.key, out.set().gateway->name),
              again.key);
  finding.related.push_back({first.key_where, "first set here"});
  finding.fix = out.remove(first.key_where, fmt::format("remove the first '{}'", first.key), false);
}

/// Keys that fill one field of the gateway's structure, in two spellings.
void check_spellings(const gateways::KnownObject& object, lint::Reporter& out) {
  std::map<std::string, const Member*> seen;
  for (const Member& member : object.node->members) {
    const auto [place, added] = seen.try_emplace(in_small_letters(member.key), &member);
    if (!added && place->second->key != member.key) report_spelling(*place->second, member, out);
  }
}

void check(const gateways::Claimed& claimed, lint::Reporter& out) {
  const Document& document = *claimed.document;
  if (claimed.gateway->any_key_case) {
    for (const gateways::KnownObject& object : out.set().reading.objects)
      if (object.document == &document) check_spellings(object, out);
  }
  for (const DuplicateKey& duplicate : document.duplicates) {
    if (gateways::is_comment_key(*claimed.gateway, duplicate.key)) continue;
    const SourceMap& sources = *out.set().sources;
    const std::size_t first = sources.position(duplicate.first.file, duplicate.first.begin).line;
    const std::size_t second = sources.position(duplicate.second.file, duplicate.second.begin).line;
    const std::string effect = document.format == Format::Json
                                   ? fmt::format("{} keeps the last one", claimed.gateway->name)
                                   : "YAML 1.2 forbids that, and parsers that accept it keep the last one";
    Finding& finding =
        out.add(duplicate.second,
                fmt::format("key '{}' is set twice, in lines {} and {}; {}", duplicate.key, first, second, effect),
                duplicate.key);
    finding.related.push_back({duplicate.first, "first set here"});
    finding.fix = out.remove(duplicate.first, fmt::format("remove the first '{}'", duplicate.key), false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/duplicate-key",
    .summary = "one object has the same key twice",
    .why =
        "JSON parsers silently keep the last of two equal keys, so that a reader who sees the first is misled; a YAML "
        "parser may refuse the whole file. One of the two values is not what somebody meant.",
    .cites = {{"RFC 8259", "4", "https://www.rfc-editor.org/rfc/rfc8259#section-4"},
              {"YAML 1.2.2", "3.2.1.3", "https://yaml.org/spec/1.2.2/#3213-node-comparison"},
              {"Go, encoding/json, Unmarshal", "", "https://pkg.go.dev/encoding/json#Unmarshal"}},
    .severity = Severity::Error,
    .fix = "unsafe: remove the first one, which has no effect where a parser keeps the last",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "disabled": false,
    "disabled": true   //~ config/duplicate-key
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
    "disabled": false
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::config_duplicate_key
