// cert/short-key: a key that is too short to last.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_short_key {
namespace {

// NIST SP 800-131A rev. 2, 1.2.1: at least 112 bits of strength, which is RSA 2048 or an elliptic curve of 224 bits.
constexpr int kMinStrength = 112;
constexpr int kMinRsaBits = 2048;
constexpr int kMinCurveBits = 224;

bool is_short(const tls::KeyFacts& key) {
  return key.type != tls::KeyType::Unknown && key.bits > 0 && tls::equivalent_strength(key) < kMinStrength;
}

/// Anchors are the choice of whoever issues the certificates: their short keys are not this gateway's to replace.
Severity severity(tls::MaterialUse use) {
  const bool of_others = use == tls::MaterialUse::TrustAnchor || use == tls::MaterialUse::AllowList;
  return of_others ? Severity::Warning : Severity::Error;
}

void report(const tls::TlsContext& context, const tls::PlacedCertificate& certificate, lint::Reporter& out) {
  const tls::KeyFacts& key = certificate.facts->key;
  const int limit = key.type == tls::KeyType::Ec ? kMinCurveBits : kMinRsaBits;
  out.add(severity(certificate.material->use), context, certificate,
          fmt::format("the {} key of {} has {} bits; at least {} are needed", tls::name(key.type),
                      tls::describe(certificate), key.bits, limit));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::TrustAnchor,
                         tls::MaterialUse::AllowList}) {
    for (const tls::PlacedCertificate& certificate : tls::certificates(context, use)) {
      if (is_short(certificate.facts->key)) report(context, certificate, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/short-key",
    .summary = "a key is shorter than RSA 2048 or an elliptic curve of 224 bits",
    .why =
        "RSA keys of 1024 bits can be factored by those who can afford it, and their certificates are refused: by Go "
        "since 1.24 below 1024 bits, by browsers and public CAs since 2014 below 2048, which MuleSoft requires for "
        "Flex "
        "Gateway too. Elliptic keys reach the same strength with 224 bits.",
    .cites = {{"RFC 9325", "4.5", "https://www.rfc-editor.org/rfc/rfc9325#section-4.5"},
              {"Flex Gateway 1.8, outbound TLS policy", "certificate",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Go 1.24 release notes", "crypto/rsa", "https://go.dev/doc/go1.24#cryptorsapkgcryptorsa"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: issue the certificate again with a new key",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/short-key
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "rsa:1024 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                         "issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_short_key
