// cert/not-yet-valid: a certificate whose time has not come.
#include <chrono>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_not_yet_valid {
namespace {

// Clocks differ by that much without anybody noticing.
constexpr std::chrono::minutes kClockSkew{5};

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList,
                         tls::MaterialUse::TrustAnchor}) {
    for (const tls::PlacedCertificate& certificate : tls::certificates(context, use)) {
      if (certificate.facts->not_before <= out.options().at + kClockSkew) continue;
      out.add(context, certificate,
              fmt::format("the certificate {} is valid only from {}", tls::describe(certificate),
                          tls::date(certificate.facts->not_before)));
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/not-yet-valid",
    .summary = "a certificate is not valid yet",
    .why =
        "A certificate is refused before its first day as it is after its last. Usual causes are a certificate that "
        "was rolled out early and a clock that was wrong when it was made.",
    .cites = {{"RFC 5280", "4.1.2.5", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"}},
    .severity = Severity::Error,
    .fix = "none: wait, or issue it again",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/not-yet-valid
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "days=40..400 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_not_yet_valid
