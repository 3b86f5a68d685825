// cert/unsupported-key-type: a kind of key that the gateway cannot use.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_unsupported_key_type {
namespace {

enum class Verdict : std::uint8_t { Fine, Doubtful, Refused };

constexpr std::array<std::string_view, 3> kGoCurves{"P-256", "P-384", "P-521"};  // crypto/tls
constexpr std::string_view kEnvoyCurve = "P-256";  // the only one that all releases of Envoy load

bool go_knows(const tls::KeyFacts& key) {
  if (key.type == tls::KeyType::Rsa) return true;
  return key.type == tls::KeyType::Ec && std::find(kGoCurves.begin(), kGoCurves.end(), key.curve) != kGoCurves.end();
}

Verdict envoy_verdict(const tls::KeyFacts& key) {
  if (key.type == tls::KeyType::Rsa) return Verdict::Fine;
  if (key.type != tls::KeyType::Ec) return Verdict::Refused;
  return key.curve == kEnvoyCurve ? Verdict::Fine : Verdict::Doubtful;
}

Verdict judge(std::string_view gateway, const tls::KeyFacts& key) {
  if (gateway == "flex") return envoy_verdict(key);
  // Tyk's store takes RSA and ECDSA keys alone, although Go knows Ed25519.
  if (gateway == "tyk") return go_knows(key) ? Verdict::Fine : Verdict::Refused;
  if (gateway == "krakend")
    return go_knows(key) || key.type == tls::KeyType::Ed25519 ? Verdict::Fine : Verdict::Refused;
  return Verdict::Fine;
}

std::string kind(const tls::KeyFacts& key) {
  if (key.curve.empty()) return std::string(tls::name(key.type));
  return fmt::format("{} {}", tls::name(key.type), key.curve);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    const tls::KeyFacts& key = leaf.facts->key;
    if (key.type == tls::KeyType::Unknown) continue;
    const Verdict verdict = judge(context.gateway, key);
    if (verdict == Verdict::Fine) continue;
    if (verdict == Verdict::Doubtful) {
      out.add(Severity::Warning, context, leaf,
              fmt::format("the certificate {} has an {} key, which older releases of {} refuse; {} works with all",
                          tls::describe(leaf), kind(key), context.gateway_name, kEnvoyCurve));
      continue;
    }
    out.add(context, leaf,
            fmt::format("the certificate {} has an {} key, which {} cannot use; RSA and EC P-256 work",
                        tls::describe(leaf), kind(key), context.gateway_name));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/unsupported-key-type",
    .summary = "a certificate has a kind of key that the gateway cannot use",
    .why =
        "KrakenD loads RSA, ECDSA (P-256, P-384, P-521) and Ed25519 keys. Tyk's certificate store knows RSA and ECDSA "
        "only, and drops a certificate with an Ed25519 key. Flex Gateway rests on Envoy, which takes RSA and ECDSA, "
        "older releases with P-256 alone.",
    .cites = {{"Tyk, certificate manager", "parsePrivateKey",
               "https://github.com/TykTechnologies/tyk/blob/v5.8.0/certs/manager.go"},
              {"Envoy, TLS", "Certificate selection",
               "https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/security/ssl"},
              {"Go, crypto/tls", "Certificate", "https://pkg.go.dev/crypto/tls#Certificate"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: use a certificate with an RSA or P-256 key",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "listen_port": 8443,
  "secret": "vault://secret/data/tyk#secret",
  "http_server_options": {
    "use_ssl": true,
    "ssl_certificates": [
      "server.pem"   //~ cert/unsupported-key-type
    ],
    "min_version": 771,
    "max_version": 772
  },
  "security": {
    "private_certificate_encoding_secret": "vault://secret/data/tyk#certificates"
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "ed25519 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                         "issuer=ca.pem chain with-key"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "listen_port": 8443,
  "secret": "vault://secret/data/tyk#secret",
  "http_server_options": {
    "use_ssl": true,
    "ssl_certificates": [
      "server.pem"
    ],
    "min_version": 771,
    "max_version": 772
  },
  "security": {
    "private_certificate_encoding_secret": "vault://secret/data/tyk#certificates"
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "ec:p256 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                          "issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_unsupported_key_type
