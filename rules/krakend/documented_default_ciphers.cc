// krakend/documented-default-ciphers: the default list of the documentation, with a minimum below TLS 1.3.
#include <fmt/format.h>

#include <algorithm>

#include "lint/rule.h"

namespace tlsward::rules::krakend_documented_default_ciphers {
namespace {

bool only_tls13(const std::vector<tls::ListedCipher>& entries) {
  return !entries.empty() && std::all_of(entries.begin(), entries.end(), [](const tls::ListedCipher& entry) {
    return entry.accepted && entry.suite && tls::is_tls13(*entry.suite);
  });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || context.role != tls::Role::Listener || !context.enabled) return;
  const auto& min = context.min_version;
  const auto& list = context.cipher_list;
  // Where the effective suites are not known, a template adds more to the list.
  if (!list.written() || !context.ciphers.known() || !min.written() || min.value >= tls::kTls13) return;
  if (!only_tls13(list.value)) return;
  Finding& finding = out.add(context, list.where,
                             fmt::format("cipher_suites holds TLS 1.3 suites only while min_version allows {}, with "
                                         "which KrakenD does not start; leave it out, or list 49199 or 49195",
                                         tls::name(min.value)));
  finding.related.push_back({min.where, "the minimum"});
  finding.fix = out.remove(list.where, "remove cipher_suites; its six suites of TLS 1.2 then apply", false);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/documented-default-ciphers",
    .summary = "the documented default cipher list stops KrakenD below TLS 1.3",
    .why =
        "The documentation names 4865, 4866 and 4867 as the default of cipher_suites. That is what TLS 1.3 always "
        "uses; "
        "the program's own default are six suites of TLS 1.2. Written out together with a lower min_version the list "
        "leaves TLS 1.2 without a suite, HTTP/2 misses the one that it requires, and the server stops with \"http2: "
        "TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher\".",
    .cites = {{"KrakenD 2.6, TLS settings", "cipher_suites", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"RFC 9113", "9.2.2", "https://www.rfc-editor.org/rfc/rfc9113#section-9.2.2"},
              {"Go, net/http2", "ConfigureServer", "https://pkg.go.dev/golang.org/x/net/http2#ConfigureServer"}},
    .severity = Severity::Error,
    .fix = "unsafe: remove cipher_suites; TLS 1.2 clients can then connect",
    .replaces_in_context = {"krakend/missing-h2-cipher", "tls/fixed-tls13-cipher", "tls/version-without-cipher",
                            "tls/missing-h2-cipher"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [4865, 4866, 4867]   //~ krakend/documented-default-ciphers
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
    "min_version": "TLS12"
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_documented_default_ciphers
