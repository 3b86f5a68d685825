// cert/encrypted-key: a private key under a passphrase that the gateway cannot ask for.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_encrypted_key {
namespace {

// Decrypts keys of the old PEM encryption (with a Proc-Type header) with its own secret, as it encrypts them itself.
constexpr std::string_view kKnowsLegacy = "tyk";
constexpr std::string_view kPkcs8 = "ENCRYPTED PRIVATE KEY";

bool is_usable(const tls::TlsContext& context, const tls::Material& material, const tls::PemBlock& block) {
  return material.passphrase || (context.gateway == kKnowsLegacy && block.label != kPkcs8);
}

bool is_encrypted(const tls::Material& material, const tls::PemBlock& block) {
  if (block.kind != tls::PemKind::PrivateKey) return false;
  const auto& keys = material.bundle.private_keys;
  return block.label == kPkcs8 || (block.decoded && block.index < keys.size() && keys[block.index].encrypted);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (!tls::is_read(material) || material.part == tls::MaterialPart::Certificate) continue;
    const auto& blocks = material.bundle.blocks;
    const bool refused = std::any_of(blocks.begin(), blocks.end(), [&](const tls::PemBlock& block) {
      return is_encrypted(material, block) && !is_usable(context, material, block);
    });
    if (!refused) continue;
    Finding& finding = out.add(
        context, material,
        fmt::format("the private key is under a passphrase, which {} has no setting for", context.gateway_name));
    finding.notes.push_back("to take the passphrase off: openssl pkey -in FILE -out FILE.plain");
    if (!material.effect.empty()) finding.notes.push_back(material.effect);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/encrypted-key",
    .summary = "a private key is encrypted with a passphrase",
    .why =
        "A gateway starts without anybody to type a passphrase. Go and Envoy refuse keys that are encrypted, and the "
        "gateways have no field for the passphrase here. A key that must not lie in the clear belongs in a secret "
        "store or under file permissions.",
    .cites = {{"Go, crypto/tls", "X509KeyPair", "https://pkg.go.dev/crypto/tls#X509KeyPair"},
              {"RFC 7468", "11", "https://www.rfc-editor.org/rfc/rfc7468#section-11"}},
    .severity = Severity::Error,
    .fix = "none: store the key without a passphrase, readable by the gateway alone",
    .replaces = {"cert/undecodable-pem"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "api.pem",
        "private_key": "api.key"   //~ cert/encrypted-key
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"api.pem", "cn=api.example san=DNS:api.example no-ca issuer=ca.pem chain"},
                        {"api.key", "key-only key-of=api.pem encrypted"}}},
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

}  // namespace tlsward::rules::cert_encrypted_key
