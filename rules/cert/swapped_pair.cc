// cert/swapped-pair: certificate and key stand in the place of each other.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_swapped_pair {
namespace {

/// Only for paths: an edit holds what it writes, and must never hold a key. Not safe: a listener that could not start
/// begins to serve.
std::optional<Fix> exchange(const lint::Reporter& out, const tls::KnownPair& pair) {
  if (pair.certificate->inline_text || pair.key->inline_text) return std::nullopt;
  Fix fix = out.replace(pair.certificate->where, std::string(out.text(pair.key->where)), "exchange the two", false);
  const Fix other = out.replace(pair.key->where, std::string(out.text(pair.certificate->where)), "", false);
  fix.edits.insert(fix.edits.end(), other.edits.begin(), other.edits.end());
  return fix;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::KnownPair& pair : tls::known_pairs(context)) {
    if (!tls::is_swapped(pair)) continue;
    Finding& finding = out.add(context, *pair.certificate,
                               fmt::format("{} holds a private key and {} a certificate; they are swapped",
                                           pair.certificate->field, pair.key->field));
    finding.related.push_back({pair.key->where, "the certificate is here"});
    finding.fix = exchange(out, pair);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/swapped-pair",
    .summary = "certificate and private key are swapped",
    .why =
        "The file for the certificate holds the private key and the other way round, so neither can be loaded. Where a "
        "gateway shows the first file to its peers, swapping them could even send the private key over the wire; TLS "
        "libraries refuse the pair before that.",
    .cites = {{"Go, crypto/tls", "X509KeyPair", "https://pkg.go.dev/crypto/tls#X509KeyPair"},
              {"RFC 7468", "5, 10", "https://www.rfc-editor.org/rfc/rfc7468#section-5"}},
    .severity = Severity::Error,
    .fix = "unsafe: exchange the two paths; a listener that did not start then serves",
    .replaces = {"cert/undecodable-pem", "cert/key-mismatch"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "api.key",   //~ cert/swapped-pair
        "private_key": "api.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"api.pem", "cn=api.example san=DNS:api.example no-ca issuer=ca.pem chain"},
                        {"api.key", "key-only key-of=api.pem"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "api.pem",
        "private_key": "api.key"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"api.pem", "cn=api.example san=DNS:api.example no-ca issuer=ca.pem chain"},
                         {"api.key", "key-only key-of=api.pem"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_swapped_pair
