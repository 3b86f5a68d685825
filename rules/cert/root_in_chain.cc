// cert/root-in-chain: a root certificate that is sent for nothing.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_root_in_chain {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.role != tls::Role::Listener) return;
  for (const tls::PlacedCertificate& certificate : tls::certificates(context, tls::MaterialUse::Certificate)) {
    if (certificate.index == 0 || !certificate.facts->self_issued || !certificate.facts->is_ca) continue;
    out.add(context, certificate,
            fmt::format("the root {} is part of the chain; clients have it already or do not believe it",
                        tls::describe(certificate)));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/root-in-chain",
    .summary = "a root certificate is part of the served chain",
    .why =
        "A client trusts a root because it has it in its own store, never because a server sends it. Sending it makes "
        "each handshake longer by a kilobyte or two and has no use.",
    .cites = {{"RFC 8446", "4.4.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"}},
    .severity = Severity::Info,
    .fix = "none: leave the root out of the file",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/root-in-chain
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
                         "chain with-root with-key"}}},
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

}  // namespace tlsward::rules::cert_root_in_chain
