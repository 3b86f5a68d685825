// cert/key-in-trust-bundle: a private key among the trusted certificates.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_key_in_trust_bundle {
namespace {

bool holds_key(const tls::Bundle& bundle) {
  return std::any_of(bundle.blocks.begin(), bundle.blocks.end(),
                     [](const tls::PemBlock& block) { return block.kind == tls::PemKind::PrivateKey; });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (material.use != tls::MaterialUse::TrustAnchor || !tls::is_read(material)) continue;
    if (!holds_key(material.bundle)) continue;
    const std::string what = material.written.empty() ? material.field : fmt::format("'{}'", material.written);
    out.add(
        context, material,
        fmt::format("{} holds a private key beside the trusted certificates; only certificates belong there", what));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/key-in-trust-bundle",
    .summary = "a bundle of trusted certificates holds a private key",
    .why =
        "To trust a CA one needs its certificate, never its key. Whoever reads the bundle with the key in it can issue "
        "certificates that this gateway, and everybody else who trusts the CA, believes.",
    .cites = {{"RFC 5280", "6.1.1", "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.1"},
              {"NIST SP 800-57 part 1 rev. 5", "5.2", "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final"}},
    .severity = Severity::Error,
    .fix = "none: take the key out of the file, and replace it if others could read it",
    .bad = {.gateway = "krakend@2.13",
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
    "ca_certs": [
      "backends.pem"   //~ cert/key-in-trust-bundle
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                         "chain with-key"},
                        {"backends.pem", "ca cn=Backend-CA with-key"}}},
    .good = {.gateway = "krakend@2.13",
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
    "ca_certs": [
      "backends.pem"
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"},
                         {"backends.pem", "ca cn=Backend-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_key_in_trust_bundle
