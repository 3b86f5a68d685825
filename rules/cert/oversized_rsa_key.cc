// cert/oversized-rsa-key: an RSA key that is too long for peers written in Go.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_oversized_rsa_key {
namespace {

// Go, crypto/tls: longer keys take so long to verify that a handshake with one is an attack (CVE-2023-29409).
constexpr int kMaxBits = 8192;
// Written in Go: they refuse such keys of others.
constexpr std::array<std::string_view, 2> kGoGateways{"krakend", "tyk"};

bool is_oversized(const tls::KeyFacts& key) {
  return (key.type == tls::KeyType::Rsa || key.type == tls::KeyType::RsaPss) && key.bits > kMaxBits;
}

std::string about(const tls::PlacedCertificate& certificate) {
  return fmt::format("the RSA key of {} has {} bits", tls::describe(certificate), certificate.facts->key.bits);
}

/// Peers that are not written in Go take it.
void check_own(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto& certificate : tls::certificates(context, tls::MaterialUse::Certificate)) {
    if (!is_oversized(certificate.facts->key)) continue;
    out.add(Severity::Warning, context, certificate,
            fmt::format("{}; peers written in Go end the handshake above {}", about(certificate), kMaxBits));
  }
}

void check_others(const tls::TlsContext& context, lint::Reporter& out) {
  if (std::find(kGoGateways.begin(), kGoGateways.end(), context.gateway) == kGoGateways.end()) return;
  for (const auto use : {tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList}) {
    for (const auto& certificate : tls::certificates(context, use)) {
      if (!is_oversized(certificate.facts->key)) continue;
      out.add(Severity::Error, context, certificate,
              fmt::format("{}; {} is written in Go and ends the handshake above {}", about(certificate),
                          context.gateway_name, kMaxBits));
    }
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  check_own(context, out);
  check_others(context, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/oversized-rsa-key",
    .summary = "an RSA key is longer than 8192 bits",
    .why =
        "To verify a signature by a very long RSA key takes a peer much time, which attackers made use of. Go ends the "
        "handshake where any certificate of the chain has a key of more than 8192 bits, since August 2023. RSA 3072 or "
        "EC P-256 give the strength that TLS needs.",
    .cites = {{"Go, CVE-2023-29409", "GO-2023-1987", "https://pkg.go.dev/vuln/GO-2023-1987"},
              {"RFC 9325", "4.5", "https://www.rfc-editor.org/rfc/rfc9325#section-4.5"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "none: issue the certificate again with a shorter key",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/oversized-rsa-key
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "rsa:8200 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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
                          "rsa:2048 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
                          "issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_oversized_rsa_key
