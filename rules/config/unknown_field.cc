// config/unknown-field: a key that the gateway does not know, so that its value has no effect.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/spelling.h"
#include "lint/rule.h"

namespace tlsward::rules::config_unknown_field {
namespace {

using gateways::KnownObject;
using gateways::ObjectType;

/// Other programs' names, and those of prose, for what the gateways call differently; lower case without marks.
struct Alias {
  std::string_view bare;
  std::string_view key;
};
constexpr std::array kAliases = {
    Alias{"cipherslist", "cipher_suites"},
    Alias{"cipherslist", "ciphers"},
    Alias{"cipherslist", "ssl_ciphers"},
    Alias{"ciphers", "cipher_suites"},
    Alias{"ciphers", "ssl_ciphers"},
    Alias{"ciphersuites", "ciphers"},
    Alias{"ciphersuites", "ssl_ciphers"},
    Alias{"mintlsversion", "min_version"},
    Alias{"mintlsversion", "minversion"},
    Alias{"mintlsversion", "ssl_min_version"},
    Alias{"maxtlsversion", "max_version"},
    Alias{"maxtlsversion", "maxversion"},
    Alias{"maxtlsversion", "ssl_max_version"},
    Alias{"minversion", "ssl_min_version"},
    Alias{"maxversion", "ssl_max_version"},
    Alias{"curves", "curve_preferences"},
    Alias{"cert", "public_key"},
    Alias{"cert", "certificate"},
    Alias{"cert", "crt"},
    Alias{"key", "private_key"},
    Alias{"ca", "ca_certs"},
    Alias{"ca", "trustedCA"},
    Alias{"cacerts", "trustedCA"},
    Alias{"trustedca", "ca_certs"},
    Alias{"mtls", "enable_mtls"},
    Alias{"mtls", "requireClientCertificate"},
    Alias{"insecure", "allow_insecure_connections"},
    Alias{"insecure", "skipValidation"},
    Alias{"insecure", "ssl_insecure_skip_verify"},
    Alias{"insecure", "insecureSkipVerify"},
    Alias{"insecureskipverify", "allow_insecure_connections"},
    Alias{"insecureskipverify", "skipValidation"},
    Alias{"insecureskipverify", "ssl_insecure_skip_verify"},
};

/// Lower case, without `_` and `-`: equal for minVersion, min_version and MinVersion.
std::string bare(std::string_view key) {
  std::string result;
  for (char c : key) {
    if (c != '_' && c != '-') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

/// How far a misspelling may be from a key. In an open object most keys that are not listed are right, so only what is
/// very near counts there.
std::size_t allowed_distance(const ObjectType& type, std::string_view key) {
  if (type.closed) return key.size() < 5 ? 1 : 2;
  if (key.size() < 6) return 0;
  return key.size() < 12 ? 1 : 2;
}

std::optional<std::string_view> suggestion(const ObjectType& type, std::string_view key) {
  const std::string plain = bare(key);
  std::vector<std::string_view> names;
  for (const gateways::Key& row : type.keys) {
    if (bare(row.name) == plain) return row.name;
    names.push_back(row.name);
  }
  for (const Alias& alias : kAliases) {
    if (type.closed && alias.bare == plain && gateways::find_key(type, alias.key)) return alias.key;
  }
  const std::size_t limit = allowed_distance(type, key);
  return limit == 0 ? std::nullopt : nearest(key, names, limit);
}

/// The key with the quotes that it has in the file.
std::string spelled_like(std::string_view written, std::string_view key) {
  const bool quoted = !written.empty() && (written.front() == '"' || written.front() == '\'');
  return quoted ? fmt::format("{}{}{}", written.front(), key, written.front()) : std::string(key);
}

bool differs_in_case_only(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// What is known of a key in an object of one type. A large file has the same few keys many thousand times.
struct Verdict {
  bool known = false;
  std::optional<std::string_view> better;
};
using Verdicts = std::map<std::pair<const ObjectType*, std::string_view>, Verdict>;

const Verdict& judge(const ObjectType& type, const Member& member, const gateways::Gateway& gateway,
                     Verdicts& verdicts) {
  const auto [place, added] = verdicts.try_emplace({&type, member.key});
  Verdict& verdict = place->second;
  if (!added) return verdict;
  verdict.known = gateways::find_key(type, member.key) || gateways::is_comment_key(gateway, member.key);
  if (!verdict.known) verdict.better = suggestion(type, member.key);
  if (gateway.any_key_case && verdict.better && differs_in_case_only(*verdict.better, member.key)) verdict.known = true;
  return verdict;
}

/// mapstructure, with which KrakenD reads its file, most likely takes a key in any letter case; nothing else does.
std::string problem(const gateways::Gateway& gateway, const std::string& path, std::string_view key,
                    std::optional<std::string_view> better) {
  if (gateway.converts_types && better && differs_in_case_only(*better, key))
    return fmt::format(
        "unknown field '{}': it is '{}', and krakend check --lint refuses other letter case; it is judged "
        "as absent here",
        path, *better);
  std::string message = fmt::format("unknown field '{}', which {} ignores", path, gateway.name);
  if (better) message += fmt::format("; did you mean '{}'?", *better);
  return message;
}

void check_member(const KnownObject& object, const Member& member, Verdicts& verdicts, lint::Reporter& out) {
  const gateways::Gateway& gateway = *out.set().gateway;
  if (member.key_unresolved) return;
  const auto& [known, better] = judge(*object.type, member, gateway, verdicts);
  if (known) return;
  const bool taken = better && object.node->find(*better);
  if (!object.type->closed && (!better || taken)) return;
  const std::string path = gateways::join_path(object.path, member.key);
  Finding& finding = out.add(better ? Severity::Error : Severity::Warning, member.key_where,
                             problem(gateway, path, member.key, better), path);
  const gateways::Claimed* claimed = out.set().claimed(member.key_where);
  if (!better && claimed) lint::Reporter::by_version(finding, *claimed);
  if (!object.type->closed) lint::Reporter::lower(finding, Confidence::Medium);
  if (!better) return;
  if (taken) {
    finding.notes.push_back(fmt::format("'{}' is set as well", *better));
    return;
  }
  // The value takes effect for the first time then, so what it allows must be looked at.
  finding.fix = out.replace(member.key_where, spelled_like(out.text(member.key_where), *better),
                            fmt::format("rename to {}", *better), false);
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  Verdicts verdicts;
  for (const KnownObject& object : set.reading.objects) {
    for (const Member& member : object.node->members) check_member(object, member, verdicts, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/unknown-field",
    .summary = "the gateway does not know the key",
    .why =
        "KrakenD and Tyk pass over keys that they do not know, without a word, so that a TLS setting with a misspelt "
        "name is simply not applied. A key that is near to a known one, or has the name that another product "
        "gives it, is an error; any other may belong to a newer version and is a warning.",
    .cites = {{"KrakenD, check command", "", "https://www.krakend.io/docs/configuration/check/"},
              {"Go, encoding/json, Unmarshal", "", "https://pkg.go.dev/encoding/json#Unmarshal"},
              {"Flex Gateway, TLS outbound", "parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: rename it, which puts the value into effect",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "comments are allowed everywhere",
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "minVersion": "TLS12",            //~ config/unknown-field
    "ciphers_list": [49199, 49200],   //~ config/unknown-field
    "session_tickets": false          //~ config/unknown-field
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "@comment": "comments are allowed everywhere",
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [49199, 49200]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::config_unknown_field
