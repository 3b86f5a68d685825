// cert/ca-as-leaf: a certificate that may sign others, shown as that of an endpoint.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_ca_as_leaf {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    if (!leaf.facts->is_ca) continue;
    Finding& finding =
        out.add(context, leaf,
                fmt::format("the certificate {} is a CA (CA:TRUE); its key can sign certificates for any name that "
                            "those who trust it believe",
                            tls::describe(leaf)));
    finding.notes.push_back("to make one that is none: openssl req … -addext basicConstraints=critical,CA:FALSE");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/ca-as-leaf",
    .summary = "the certificate of an endpoint is a CA",
    .why =
        "Whoever trusts a CA certificate trusts every certificate that its key signs. A key that lies on a gateway is "
        "easier to steal than that of a CA, and with it an attacker makes certificates for any host. The command "
        "openssl req -x509 makes CA certificates unless told otherwise.",
    .cites = {{"RFC 5280", "4.2.1.9", "https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9"},
              {"OpenSSL 3.0, req", "-x509", "https://www.openssl.org/docs/man3.0/man1/openssl-req.html"}},
    .severity = Severity::Warning,
    .fix = "none: issue the certificate again with CA:FALSE",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/ca-as-leaf
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem", "ca cn=api.example san=DNS:api.example issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_ca_as_leaf
