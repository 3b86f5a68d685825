// cert/missing-san: a server certificate without subjectAltName.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_missing_san {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    if (leaf.facts->has_san) continue;
    Finding& finding =
        out.add(context, leaf,
                fmt::format("the certificate {} has no subjectAltName; TLS clients look at nothing else for the name",
                            tls::describe(leaf)));
    if (leaf.facts->common_name.empty()) continue;
    finding.notes.push_back(
        fmt::format("to make one with a name: openssl req … -addext subjectAltName=DNS:{}", leaf.facts->common_name));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/missing-san",
    .summary = "a server certificate has no subjectAltName",
    .why =
        "Clients compare the host name with the subjectAltName extension only. The common name has not counted for "
        "years: browsers stopped in 2017, Go in 1.15, and Envoy never read it. A certificate without the extension "
        "therefore fits no name at all; the plain openssl req command makes such certificates.",
    .cites = {{"RFC 9525", "2, 6.3", "https://www.rfc-editor.org/rfc/rfc9525#section-6.3"},
              {"Go 1.15 release notes", "crypto/x509", "https://go.dev/doc/go1.15#commonname"},
              {"Flex Gateway 1.8, outbound TLS policy", "SAN",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: issue the certificate again with its names in subjectAltName",
    .replaces = {"cert/missing-dns-san", "cert/uncovered-host", "cert/cn-outside-san", "tyk/uncovered-domain"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/missing-san
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem", "cn=api.example no-ca issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_missing_san
