// cert/unstapled-must-staple: a certificate that demands what the gateway cannot do, or the endpoint does not.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_unstapled_must_staple {
namespace {

// Written in Go, which staples only what the program hands it; neither does.
constexpr std::array<std::string_view, 2> kNeverStaple{"krakend", "tyk"};

/// True where it is known that no OCSP answer comes with the chain.
bool is_unstapled(const tls::TlsContext& context, const tls::Material& chain) {
  if (tls::is_observed(context)) return chain.verdicts.stapled == false;
  return std::find(kNeverStaple.begin(), kNeverStaple.end(), context.gateway) != kNeverStaple.end();
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.role != tls::Role::Listener) return;
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    if (!leaf.facts->must_staple || !is_unstapled(context, *leaf.material)) continue;
    out.add(context, leaf,
            fmt::format("the certificate {} requires OCSP stapling, which {} does not do", tls::describe(leaf),
                        tls::is_observed(context) ? context.endpoint : context.gateway_name));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/unstapled-must-staple",
    .summary = "a must-staple certificate is used where nothing is stapled",
    .why =
        "A certificate with the TLS feature status_request promises that the server proves its validity in each "
        "handshake with a stapled OCSP answer. KrakenD and Tyk never staple, so clients that hold the server to its "
        "promise refuse the connection.",
    .cites = {{"RFC 7633", "4.2", "https://www.rfc-editor.org/rfc/rfc7633#section-4"},
              {"Go, crypto/tls", "Certificate.OCSPStaple", "https://pkg.go.dev/crypto/tls#Certificate"}},
    .severity = Severity::Warning,
    .fix = "none: use a certificate without that extension",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/unstapled-must-staple
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "must-staple cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature "
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

}  // namespace tlsward::rules::cert_unstapled_must_staple
