// cert/expired-certificate: a certificate whose time is over.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_expired_certificate {
namespace {

void report(const tls::TlsContext& context, const tls::PlacedCertificate& certificate, lint::Reporter& out) {
  const tls::Time now = out.options().at;
  const tls::Time end = certificate.facts->not_after;
  if (end >= now) return;
  const long days = tls::days_between(end, now);
  out.add(context, certificate,
          fmt::format("the certificate {} expired on {} ({})", tls::describe(certificate), tls::date(end),
                      days == 0   ? std::string("today")
                      : days == 1 ? std::string("1 day ago")
                                  : fmt::format("{} days ago", days)));
}

/// Trust anchors have a rule of their own: one of several may expire without harm.
void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList}) {
    for (const auto& certificate : tls::certificates(context, use)) report(context, certificate, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/expired-certificate",
    .summary = "a certificate has expired",
    .why =
        "Every TLS library refuses a certificate after its last day, so the endpoint is out of service for all who "
        "verify. Tyk also refuses to store an expired certificate since 4.0 and, since 5.2, answers a client that "
        "shows one with 403.",
    .cites = {{"RFC 5280", "4.1.2.5", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"}},
    .severity = Severity::Error,
    .fix = "none: renew it",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/expired-certificate
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "days=-420..-55 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_expired_certificate
