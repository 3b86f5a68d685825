// cert/missing-client-eku: a client certificate that is not for clients.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_missing_client_eku {
namespace {

void report(const tls::TlsContext& context, const tls::PlacedCertificate& leaf, Severity severity,
            lint::Reporter& out) {
  if (leaf.facts->is_ca || tls::allows_clients(*leaf.facts)) return;
  out.add(severity, context, leaf,
          fmt::format("the certificate {} is for {} only; servers accept clients with clientAuth", tls::describe(leaf),
                      fmt::join(leaf.facts->extended_key_usage, ", ")));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.role == tls::Role::Upstream) {
    for (const auto& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
      report(context, leaf, Severity::Error, out);
    }
  }
  // An allow-list may compare fingerprints alone, and then nobody looks at the usage.
  for (const auto& leaf : tls::leaves(context, tls::MaterialUse::AllowList)) {
    report(context, leaf, Severity::Warning, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/missing-client-eku",
    .summary = "a client certificate lacks the usage clientAuth",
    .why =
        "The extension extendedKeyUsage limits what a certificate may be used for. Where it is there and clientAuth is "
        "not in it, servers that ask for client certificates refuse it. Public CAs leave clientAuth out by default "
        "since "
        "2025 and 2026, and altogether in the course of 2027, so that a server certificate from one no longer serves "
        "as client certificate.",
    .cites = {{"RFC 5280", "4.2.1.12", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"},
              {"Go, crypto/x509", "VerifyOptions.KeyUsages", "https://pkg.go.dev/crypto/x509#Certificate.Verify"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: issue it again with clientAuth",
    .bad =
        {.gateway = "krakend@2.13",
         .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      {
        "certificate": "client.pem",   //~ cert/missing-client-eku
        "private_key": "client.pem"
      }
    ]
  }
}
)",
         .recipes = {{"root.pem", "ca cn=Example-Root"},
                     {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                     {"server.pem",
                      "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem chain "
                      "with-key"},
                     {"client.pem",
                      "cn=gateway.example san=DNS:gateway.example no-ca eku=serverAuth issuer=ca.pem chain with-key"}}},
    .good =
        {.gateway = "krakend@2.13",
         .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      {
        "certificate": "client.pem",
        "private_key": "client.pem"
      }
    ]
  }
}
)",
         .recipes = {{"root.pem", "ca cn=Example-Root"},
                     {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                     {"server.pem",
                      "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem chain "
                      "with-key"},
                     {"client.pem",
                      "cn=gateway.example san=DNS:gateway.example no-ca eku=clientAuth issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_missing_client_eku
