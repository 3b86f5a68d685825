// cert/key-mismatch: a private key that belongs to another certificate.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_key_mismatch {
namespace {

// Enough of a fingerprint to tell two keys apart.
constexpr std::size_t kShownDigits = 16;

const tls::KeyFacts* first_key(const tls::Material& material) {
  const auto& keys = material.bundle.private_keys;
  if (keys.empty() || keys.front().encrypted || keys.front().spki_sha256.empty()) return nullptr;
  return &keys.front();
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::KnownPair& pair : tls::known_pairs(context)) {
    const auto& chain = pair.certificate->bundle.certificates;
    const tls::KeyFacts* key = first_key(*pair.key);
    if (chain.empty() || !key) continue;
    // A later certificate with this key is a chain in the wrong order (cert/misordered-chain).
    const bool belongs = std::any_of(chain.begin(), chain.end(), [&](const tls::CertificateFacts& certificate) {
      return certificate.key.spki_sha256 == key->spki_sha256 || certificate.key.spki_sha256.empty();
    });
    if (belongs) continue;
    Finding& finding =
        out.add(context, *pair.key,
                fmt::format("the private key does not belong to the certificate {}", tls::describe(chain.front())));
    finding.related.push_back({pair.certificate->where, "the certificate"});
    finding.notes.push_back(fmt::format("SHA-256 of the public key: {} here, {} in the certificate",
                                        key->spki_sha256.substr(0, kShownDigits),
                                        chain.front().key.spki_sha256.substr(0, kShownDigits)));
    if (!pair.key->effect.empty()) finding.notes.push_back(pair.key->effect);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/key-mismatch",
    .summary = "a private key does not belong to its certificate",
    .why =
        "A certificate says which public key its owner has; without the private half of exactly that key no handshake "
        "can be signed. TLS libraries compare the two when they load the pair and refuse it. The usual cause is a "
        "renewal that replaced only one of the files.",
    .cites = {{"Go, crypto/tls", "X509KeyPair", "https://pkg.go.dev/crypto/tls#X509KeyPair"},
              {"RFC 8446", "4.4.3", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.3"}},
    .severity = Severity::Error,
    .fix = "none: use the key that the certificate was requested with",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",
        "private_key": "other.pem"   //~ cert/key-mismatch
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                         "chain with-key"},
                        {"other.pem", "key-only"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",
        "private_key": "server.pem"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_key_mismatch
