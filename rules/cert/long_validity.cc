// cert/long-validity: a server certificate that is valid for longer than clients accept.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_long_validity {
namespace {

// Apple, "Requirements for trusted certificates in iOS 13 and macOS 10.15": any TLS server certificate. Public CAs may
// issue for less: 200 days from 2026-03-15 (CA/Browser Forum Baseline Requirements, 6.3.2).
constexpr long kMaxDays = 825;

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.role != tls::Role::Listener) return;
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    const long days = tls::days_between(leaf.facts->not_before, leaf.facts->not_after);
    if (days <= kMaxDays) continue;
    out.add(context, leaf.material->where,
            fmt::format("the certificate {} is valid for {} days; some clients accept at most {}", tls::describe(leaf),
                        days, kMaxDays));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/long-validity",
    .summary = "a server certificate is valid for longer than some clients accept",
    .why =
        "The longer a certificate lives, the longer a stolen key is of use. Apple's clients refuse server certificates "
        "of more than 825 days even from private CAs, and public CAs may issue for 200 days only since March 2026.",
    .cites = {{"Apple, requirements for trusted certificates", "", "https://support.apple.com/en-us/103769"},
              {"CA/Browser Forum, Baseline Requirements", "6.3.2",
               "https://cabforum.org/working-groups/server/baseline-requirements/requirements/"}},
    .severity = Severity::Info,
    .fix = "none: issue it for a year or less",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/long-validity
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "days=-30..3620 cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_long_validity
