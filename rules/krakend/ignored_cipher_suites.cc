// krakend/ignored-cipher-suites: a list of suites that no enabled version reads.
#include <algorithm>

#include "lint/rule.h"

namespace tlsward::rules::krakend_ignored_cipher_suites {
namespace {

bool lists_older_suite(const tls::TlsContext& context) {
  const auto& entries = context.cipher_list.value;
  return std::any_of(entries.begin(), entries.end(), [](const tls::ListedCipher& entry) {
    return entry.suite && !entry.unresolved && !tls::is_tls13(*entry.suite);
  });
}

/// False where min_version is a text that KrakenD does not know: it may be meant to read the list.
bool is_meant(const tls::Setting<tls::Version>& min) {
  return !min.written() || min.because.empty();
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || !context.enabled || !context.cipher_list.written()) return;
  if (!context.versions.known() || context.versions.value != std::vector{tls::kTls13}) return;
  if (!lists_older_suite(context)) return;
  Finding& finding =
      out.add(context, context.cipher_list.where,
              "cipher_suites has no effect, because TLS 1.3 alone is enabled; its suites cannot be chosen");
  if (context.min_version.written())
    finding.related.push_back({context.min_version.where, "the minimum"});
  else
    finding.label = "no min_version here; KrakenD then uses TLS13";
  // A list that stops the load must not be taken away as a side effect.
  if (context.ciphers.known() && context.start_failure.empty() && is_meant(context.min_version))
    finding.fix = out.remove(context.cipher_list.where, "remove cipher_suites", true);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/ignored-cipher-suites",
    .summary = "cipher_suites has no effect with TLS 1.3 alone",
    .why =
        "cipher_suites chooses suites of TLS 1.2 and older. Where min_version is TLS13, which is also what "
        "its absence means, no version is left that reads the list, and the suites are Go's three of TLS 1.3.",
    .cites = {{"KrakenD 2.6, TLS settings", "cipher_suites, min_version",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Go, crypto/tls", "Config", "https://pkg.go.dev/crypto/tls#Config"}},
    .severity = Severity::Warning,
    .fix = "safe: remove cipher_suites; or set min_version to TLS12 where the list is meant",
    .replaces = {"tls/unreachable-cipher", "tls/weak-cipher", "tls/fixed-tls13-cipher"},
    // The suites of a list that an alias brings stand elsewhere.
    .replaces_in_context = {"tls/unreachable-cipher", "tls/weak-cipher", "tls/fixed-tls13-cipher"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "cipher_suites": [49199, 49200]   //~ krakend/ignored-cipher-suites
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
    .check = check,
};

}  // namespace tlsward::rules::krakend_ignored_cipher_suites
