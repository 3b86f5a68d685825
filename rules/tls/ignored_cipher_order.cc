// tls/ignored-cipher-order: a cipher list in an order that the gateway does not use.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_ignored_cipher_order {
namespace {

using Suites = std::vector<tls::CipherSuite>;

/// The highest version whose suites can be chosen.
const Suites* effective(const tls::TlsContext& context) {
  for (auto version = context.versions.value.rbegin(); version != context.versions.value.rend(); ++version) {
    if (*version > tls::kTls12) continue;
    const auto found = context.ciphers.value.find(*version);
    return found == context.ciphers.value.end() ? nullptr : &found->second;
  }
  return nullptr;
}

/// The listed suites that are in effect, each once, in the order of the list.
Suites in_list_order(const tls::TlsContext& context, const Suites& effective) {
  Suites result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (!entry.accepted || !entry.suite) continue;
    const auto is_suite = [&](tls::CipherSuite suite) { return suite == *entry.suite; };
    if (std::none_of(effective.begin(), effective.end(), is_suite)) continue;
    if (std::none_of(result.begin(), result.end(), is_suite)) result.push_back(*entry.suite);
  }
  return result;
}

std::string named(const Suites& suites) {
  std::vector<std::string> names;
  for (const tls::CipherSuite suite : suites) names.push_back(tls::name(suite));
  return fmt::format("{}", fmt::join(names, ", "));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || context.cipher_order != tls::CipherOrder::Library || !context.cipher_list.written()) return;
  if (!context.versions.known() || !context.ciphers.known()) return;
  const Suites* suites = effective(context);
  if (!suites || suites->size() < 2 || in_list_order(context, *suites) == *suites) return;
  Finding& finding = out.add(
      context, context.cipher_list.where,
      fmt::format("the order of the list has no effect; {} uses the order of its TLS library", context.gateway_name));
  finding.notes.push_back(fmt::format("effective order: {}", named(*suites)));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/ignored-cipher-order",
    .summary = "the order of the cipher list has no effect",
    .why =
        "Go's TLS library chooses among the listed suites by an order of its own, which depends on whether both sides "
        "have AES in hardware; since Go 1.17 nothing changes that. A list that was sorted with care is used as a set.",
    .cites = {{"Go, crypto/tls", "CipherSuites", "https://pkg.go.dev/crypto/tls#Config"},
              {"Go blog", "Automatic cipher suite ordering in crypto/tls", "https://go.dev/blog/tls-cipher-suites"}},
    .severity = Severity::Info,
    .fix = "none",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [49200, 49199]   //~ tls/ignored-cipher-order
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
    "cipher_suites": [49199, 49200]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_ignored_cipher_order
