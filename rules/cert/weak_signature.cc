// cert/weak-signature: a certificate signed over a hash that can be forged.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_weak_signature {
namespace {

constexpr std::array<std::string_view, 4> kBroken{"MD2", "MD4", "MD5", "SHA1"};

/// Nobody checks the signature of a certificate over itself.
bool is_weak(const tls::CertificateFacts& certificate) {
  return !certificate.self_signed &&
         std::find(kBroken.begin(), kBroken.end(), certificate.signature_digest) != kBroken.end();
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::TrustAnchor,
                         tls::MaterialUse::AllowList}) {
    for (const tls::PlacedCertificate& certificate : tls::certificates(context, use)) {
      if (!is_weak(*certificate.facts)) continue;
      out.add(context, certificate,
              fmt::format("the certificate {} is signed with {}; TLS libraries accept SHA-256 and better",
                          tls::describe(certificate), certificate.facts->signature_algorithm));
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/weak-signature",
    .summary = "a certificate is signed with MD5 or SHA-1",
    .why =
        "Collisions for MD5 and SHA-1 can be made, and with them certificates that nobody meant to sign. Go refuses "
        "SHA-1 signatures since 1.18, OpenSSL 3 at its usual security level, browsers since 2017.",
    .cites = {{"RFC 9155", "1, 2", "https://www.rfc-editor.org/rfc/rfc9155#section-2"},
              {"Go 1.18 release notes", "crypto/x509", "https://go.dev/doc/go1.18#sha1"}},
    .severity = Severity::Error,
    .fix = "none: issue it again, signed with SHA-256",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/weak-signature
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "digest=sha1 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_weak_signature
