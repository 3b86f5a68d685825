// cert/x509-v1: a certificate of version 1.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_x509_v1 {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const auto use : {tls::MaterialUse::Certificate, tls::MaterialUse::KnownUpstream, tls::MaterialUse::AllowList}) {
    for (const tls::PlacedCertificate& certificate : tls::certificates(context, use)) {
      if (certificate.facts->version >= 3) continue;
      Finding& finding = out.add(context, certificate,
                                 fmt::format("the certificate {} is X.509 version {} and so has no names, no usage and "
                                             "no constraints; version 3 is needed",
                                             tls::describe(certificate), certificate.facts->version));
      finding.notes.push_back(
          "before OpenSSL 3.2 openssl x509 -req makes version 1 unless -extfile names a file with extensions");
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/x509-v1",
    .summary = "a certificate is X.509 version 1",
    .why =
        "Names, usages and constraints are extensions, which only version 3 has. A version 1 certificate fits no host "
        "name and says neither that it is a CA nor that it is none, so strict peers refuse it. Before "
        "OpenSSL 3.2 the command openssl x509 -req makes such certificates.",
    .cites = {{"RFC 5280", "4.1.2.1", "https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.1"},
              {"OpenSSL 3.0, x509", "-extfile", "https://www.openssl.org/docs/man3.0/man1/openssl-x509.html"}},
    .severity = Severity::Warning,
    .fix = "none: issue it again with extensions",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/x509-v1
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem", "cn=api.example v1 issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_x509_v1
