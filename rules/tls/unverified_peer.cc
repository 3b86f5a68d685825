// tls/unverified-peer: the gateway takes any certificate that the other side shows.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_unverified_peer {
namespace {

/// What a client sends is worth more than one backend or a link of the gateway itself.
Severity severity(const tls::TlsContext& context) {
  return context.reach == tls::Reach::Traffic ? Severity::Error : Severity::Warning;
}

std::string message(const tls::TlsContext& context) {
  std::string text =
      fmt::format("certificate verification is off for {}, so any machine on the path can pose as the server",
                  context.peers.empty() ? "the other side" : context.peers);
  if (!context.verify_note.empty()) text += fmt::format("; {}", context.verify_note);
  return text;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const auto& verify = context.verify_peer;
  if (context.role != tls::Role::Upstream || !verify.written() || verify.value != tls::VerifyPeer::None) return;
  Finding& finding = out.add(severity(context), context, verify.where, message(context));
  // Only a plain switch is turned; where several settings made it so, the way back is not one edit.
  if (out.text(verify.where) == "true") finding.fix = out.replace(verify.where, "false", "verify the peer", false);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/unverified-peer",
    .summary = "certificate verification is switched off",
    .why =
        "TLS without verification encrypts to whoever answers. An attacker on the path shows any certificate, reads "
        "and changes everything, credentials included, and neither side notices. Self-signed servers need no "
        "exception: their certificate, or the CA that issued it, can be trusted by name.",
    .cites = {{"RFC 9325", "6.1", "https://www.rfc-editor.org/rfc/rfc9325#section-6.1"},
              {"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Flex Gateway 1.8, outbound TLS policy", "skipValidation",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: switch verification on; peers whose CA is not trusted are then refused",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "client_tls": {
    "allow_insecure_connections": true,   //~ tls/unverified-peer
    "min_version": "TLS12"
  },
  "endpoints": [
    { "endpoint": "/bills", "backend": [{ "host": ["https://billing.example"], "url_pattern": "/bills" }] }
  ]
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "client_tls": {
    "ca_certs": ["/etc/krakend/tls/billing-ca.pem"],
    "min_version": "TLS12"
  },
  "endpoints": [
    { "endpoint": "/bills", "backend": [{ "host": ["https://billing.example"], "url_pattern": "/bills" }] }
  ]
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_unverified_peer
