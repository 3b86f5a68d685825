// krakend/missing-h2-cipher: a list of suites without the one that HTTP/2 demands.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::krakend_missing_h2_cipher {
namespace {

constexpr tls::CipherSuite kEcdheRsa{0xc02f}, kEcdheEcdsa{0xc02b};

/// Lists of TLS 1.3 suites alone are krakend/documented-default-ciphers'.
bool only_tls13(const std::vector<tls::ListedCipher>& entries) {
  return std::all_of(entries.begin(), entries.end(),
                     [](const tls::ListedCipher& entry) { return entry.suite && tls::is_tls13(*entry.suite); });
}

bool has_required(const std::vector<tls::ListedCipher>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const tls::ListedCipher& entry) {
    return entry.suite == kEcdheRsa || entry.suite == kEcdheEcdsa;
  });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || context.role != tls::Role::Listener || !context.enabled) return;
  const auto& list = context.cipher_list;
  const auto& min = context.min_version;
  if (!list.written() || !context.ciphers.known() || list.value.empty()) return;
  if (!min.written() || min.value >= tls::kTls13 || only_tls13(list.value) || has_required(list.value)) return;
  Finding& finding = out.add(context, list.where,
                             "neither 49199 nor 49195 is listed, and KrakenD stops with \"http2: "
                             "TLSConfig.CipherSuites is missing an HTTP/2-required "
                             "AES_128_GCM_SHA256 cipher\"; add 49199 (RSA) or 49195 (ECDSA)");
  const Span last = list.value.back().where;
  if (out.text(list.where).starts_with('['))
    finding.fix = out.replace(last, fmt::format("{}, 49199", out.text(last)), "add 49199", false);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/missing-h2-cipher",
    .summary = "the suite that HTTP/2 demands is not listed, and KrakenD does not start",
    .why =
        "Go's HTTP/2 server insists on TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 (49199) or its ECDSA sister "
        "(49195) in every list that TLS 1.2 is served with, and KrakenD switches HTTP/2 on with TLS. Without "
        "one of the two it ends at start.",
    .cites = {{"RFC 9113", "9.2.2", "https://www.rfc-editor.org/rfc/rfc9113#section-9.2.2"},
              {"Go, net/http2", "ConfigureServer", "https://pkg.go.dev/golang.org/x/net/http2#ConfigureServer"},
              {"KrakenD 2.6, TLS settings", "cipher_suites", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "unsafe: add 49199; KrakenD then starts",
    .replaces_in_context = {"tls/version-without-cipher", "tls/missing-h2-cipher"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [49200, 49196]   //~ krakend/missing-h2-cipher
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

}  // namespace tlsward::rules::krakend_missing_h2_cipher
