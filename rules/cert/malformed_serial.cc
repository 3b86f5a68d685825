// cert/malformed-serial: a serial number that the standard does not allow.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_malformed_serial {
namespace {

// RFC 5280, 4.1.2.2: positive, and no longer than this.
constexpr int kMaxOctets = 20;

/// `is_anchor`: some public roots have the number zero, and nobody will make them anew.
std::string problem(const tls::CertificateFacts& certificate, bool is_anchor) {
  const std::string& serial = certificate.serial;
  if (serial.starts_with('-')) return "is negative";
  const bool is_zero = !serial.empty() && serial.find_first_not_of('0') == std::string::npos;
  if (is_zero) return is_anchor && certificate.self_signed ? "" : "is zero";
  if (certificate.serial_octets > kMaxOctets) {
    return fmt::format("has {} octets, {} are allowed", certificate.serial_octets, kMaxOctets);
  }
  return {};
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::TrustAnchor,
                         tls::MaterialUse::AllowList}) {
    for (const tls::PlacedCertificate& certificate : tls::certificates(context, use)) {
      const std::string why = problem(*certificate.facts, use == tls::MaterialUse::TrustAnchor);
      if (why.empty()) continue;
      out.add(context, certificate,
              fmt::format("the serial number {} of {} {}", certificate.facts->serial, tls::describe(certificate), why));
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/malformed-serial",
    .summary = "the serial number of a certificate is zero, negative or too long",
    .why =
        "Serial numbers are positive and at most 20 octets long. Go refuses to read certificates with a negative one "
        "since 1.23 (Tyk switches that off again, KrakenD does not); other libraries take the others for broken.",
    .cites = {{"RFC 5280", "4.1.2.2", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2"},
              {"Go 1.23 release notes", "crypto/x509", "https://go.dev/doc/go1.23#cryptox509pkgcryptox509"}},
    .severity = Severity::Warning,
    .fix = "none: issue it again",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/malformed-serial
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "serial=-1 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_malformed_serial
