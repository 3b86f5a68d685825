// cert/self-signed-leaf: a certificate that nobody vouches for but itself.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_self_signed_leaf {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const std::string_view others = context.role == tls::Role::Listener ? "clients" : "upstreams";
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    if (!leaf.facts->self_signed) continue;
    out.add(context, leaf,
            fmt::format("the certificate {} is self-signed; {} refuse it unless they have exactly this one in their "
                        "trust store",
                        tls::describe(leaf), others));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/self-signed-leaf",
    .summary = "the certificate of an endpoint is self-signed",
    .why =
        "A self-signed certificate leads to no CA. Peers refuse it, with messages such as bad certificate or unknown "
        "certificate authority, until somebody installs it in each of them; then it cannot be revoked, and renewing it "
        "means installing it everywhere again.",
    .cites = {{"RFC 8446", "4.4.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2"},
              {"KrakenD 2.6, TLS settings", "errors", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "none: have it signed by a CA that the other side trusts",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/self-signed-leaf
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"server.pem", "cn=api.example san=DNS:api.example no-ca with-key"}}},
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

}  // namespace tlsward::rules::cert_self_signed_leaf
