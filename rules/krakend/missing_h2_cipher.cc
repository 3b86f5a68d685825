// krakend/missing-h2-cipher: a list of suites without the one that HTTP/2 demands.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

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

bool is_ecdsa(const tls::PlacedCertificate& certificate) {
  return certificate.facts->key.type == tls::KeyType::Ec || certificate.facts->key.type == tls::KeyType::Ed25519;
}

/// The one of the two that the certificates can be used with; that for RSA where they are not known.
tls::CipherSuite fitting(const tls::TlsContext& context) {
  const auto leaves = tls::leaves(context, tls::MaterialUse::Certificate);
  const bool all_ecdsa = !leaves.empty() && std::all_of(leaves.begin(), leaves.end(), is_ecdsa);
  return all_ecdsa ? kEcdheEcdsa : kEcdheRsa;
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
  if (!out.text(list.where).starts_with('[')) return;
  const std::uint16_t id = fitting(context).code;
  finding.fix = out.replace(last, fmt::format("{}, {}", out.text(last), id), fmt::format("add {}", id), false);
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
    .fix = "unsafe: add 49199, or 49195 for ECDSA certificates; KrakenD then starts",
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
