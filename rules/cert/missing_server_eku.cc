// cert/missing-server-eku: a server certificate that is not for servers.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_missing_server_eku {
namespace {

constexpr std::string_view kNeeded = "serverAuth";

bool allows(const tls::CertificateFacts& certificate) {
  const auto& usage = certificate.extended_key_usage;
  return !certificate.has_eku || std::find(usage.begin(), usage.end(), kNeeded) != usage.end() ||
         std::find(usage.begin(), usage.end(), "any") != usage.end();
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    if (allows(*leaf.facts)) continue;
    out.add(context, leaf,
            fmt::format("the certificate {} is for {} only; TLS clients accept servers with serverAuth",
                        tls::describe(leaf), fmt::join(leaf.facts->extended_key_usage, ", ")));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/missing-server-eku",
    .summary = "a server certificate lacks the usage serverAuth",
    .why =
        "The extension extendedKeyUsage limits what a certificate may be used for. Where it is there and serverAuth is "
        "not in it, clients refuse the certificate of a server. Certificates without the extension may be used for "
        "everything.",
    .cites = {{"RFC 5280", "4.2.1.12", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12"},
              {"Go, crypto/x509", "VerifyOptions.KeyUsages", "https://pkg.go.dev/crypto/x509#Certificate.Verify"}},
    .severity = Severity::Error,
    .fix = "none: issue it again with serverAuth",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/missing-server-eku
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=clientAuth issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_missing_server_eku
