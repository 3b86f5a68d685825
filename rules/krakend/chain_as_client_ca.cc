// krakend/chain-as-client-ca: the CA of the own certificate lets clients in.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::krakend_chain_as_client_ca {
namespace {

bool lists(const tls::TlsContext& context, const tls::CertificateFacts& certificate) {
  return std::any_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
    if (source.kind != tls::TrustKind::Material) return false;
    const tls::Material& material = context.material[source.material];
    if (material.use != tls::MaterialUse::TrustAnchor) return false;
    const auto& listed = material.bundle.certificates;
    return std::any_of(listed.begin(), listed.end(), [&](const auto& one) { return one.sha256 == certificate.sha256; });
  });
}

/// False where a file of ca_certs was not seen: it may list the CA.
bool knows_trust(const tls::TlsContext& context) {
  return !context.trust_unknown &&
         std::all_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
           return source.kind != tls::TrustKind::Material || tls::is_read(context.material[source.material]);
         });
}

/// CAs of a served file that nobody listed as one for clients.
void check_material(const tls::TlsContext& context, const tls::Material& material, lint::Reporter& out) {
  const auto& certificates = material.bundle.certificates;
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const tls::CertificateFacts& certificate = certificates[i];
    if (!tls::can_sign(certificate) || !tls::allows_clients(certificate) || lists(context, certificate)) continue;
    Finding& finding =
        out.add(context, material,
                fmt::format("clients with any certificate issued by {} are let in, because {} holds that CA",
                            tls::describe(certificate), material.written));
    // The legacy pair counts up to 2.10, keys since 2.11.
    lint::Reporter::by_version(finding, context);
    if (!knows_trust(context)) lint::Reporter::lower(finding, Confidence::Low);
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || context.role != tls::Role::Listener) return;
  if (context.client_auth.value != tls::ClientAuth::RequireAndVerify || !context.client_auth.known()) return;
  for (const tls::TrustSource& source : context.trust) {
    if (source.kind != tls::TrustKind::Material) continue;
    const tls::Material& material = context.material[source.material];
    if (material.use == tls::MaterialUse::Certificate && tls::is_read(material)) check_material(context, material, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/chain-as-client-ca",
    .summary = "the chain of the own certificate becomes a trust anchor for clients",
    .why =
        "With enable_mtls KrakenD adds every certificate of the file that it serves to the CAs that client "
        "certificates are verified with, even where the pool of the operating system is switched off: up to 2.10 "
        "that of public_key, since 2.11 those of keys. A file with its chain (fullchain.pem) so lets in everybody who "
        "has a certificate of that issuer for clients. A CA whose extendedKeyUsage leaves clientAuth out, like the "
        "newer ones of public CAs, lets nobody in and is not told.",
    .cites = {{"KrakenD 2.6, TLS settings", "enable_mtls, ca_certs",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, mutual authentication", "",
               "https://www.krakend.io/docs/authorization/mutual-authentication/"}},
    .severity = Severity::Error,
    .fix = "none: serve the leaf alone, or end mutual TLS elsewhere",
    .replaces = {"cert/ca-as-leaf"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{
      "public_key": "fullchain.pem",   //~ krakend/chain-as-client-ca
      "private_key": "api.key"
    }],
    "enable_mtls": true,
    "disable_system_ca_pool": true,
    "ca_certs": ["clients-ca.pem"]
  },
  "endpoints": []
}
)",
            .recipes = {{"root.pem", "ca cn=Root"},
                        {"ca.pem", "ca cn=\"Public CA\" issuer=root.pem"},
                        {"fullchain.pem", "cn=api.example san=DNS:api.example issuer=ca.pem chain"},
                        {"clients-ca.pem", "ca cn=Clients"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{
      "public_key": "leaf.pem",
      "private_key": "api.key"
    }],
    "enable_mtls": true,
    "disable_system_ca_pool": true,
    "ca_certs": ["clients-ca.pem"]
  },
  "endpoints": []
}
)",
             .recipes = {{"ca.pem", "ca cn=\"Public CA\""},
                         {"leaf.pem", "cn=api.example san=DNS:api.example issuer=ca.pem"},
                         {"clients-ca.pem", "ca cn=Clients"}}},
    .check = check,
};

}  // namespace tlsward::rules::krakend_chain_as_client_ca
