// tls/empty-client-trust: client certificates are demanded, and none can be valid.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::tls_empty_client_trust {
namespace {

/// The setting that makes client certificates compulsory, or no place.
Span demanded_at(const tls::TlsContext& context) {
  if (context.client_auth.written() && context.client_auth.value == tls::ClientAuth::RequireAndVerify) {
    return context.client_auth.where;
  }
  const auto& above_tls = context.client_certificate_required;
  return above_tls.written() && above_tls.value ? above_tls.where : Span{};
}

bool can_issue_for_clients(const tls::CertificateFacts& certificate) {
  return tls::can_sign(certificate) && tls::allows_clients(certificate);
}

/// True for the listener's own certificate. KrakenD trusts that too, which lets nobody in: whoever holds it is the
/// gateway itself. A CA in that file does let clients in, and has a rule of its own.
bool is_own_leaf(const tls::TlsContext& context, const tls::TrustSource& source) {
  if (source.kind != tls::TrustKind::Material || source.material >= context.material.size()) return false;
  const tls::Material& material = context.material[source.material];
  const auto& found = material.bundle.certificates;
  return material.use == tls::MaterialUse::Certificate &&
         std::none_of(found.begin(), found.end(), can_issue_for_clients);
}

/// True where Go verifies the chain, and the usage of every certificate of it.
bool wants_usage(const tls::TlsContext& context) {
  const bool go = context.gateway == "krakend" || context.gateway == "tyk";
  return go && context.client_auth.known() && context.client_auth.value == tls::ClientAuth::RequireAndVerify;
}

/// True where the usage of every certificate that the source brings keeps clients out.
bool keeps_clients_out(const tls::TlsContext& context, const tls::TrustSource& source) {
  if (source.kind != tls::TrustKind::Material || source.material >= context.material.size()) return false;
  const tls::Material& material = context.material[source.material];
  const auto& found = material.bundle.certificates;
  return wants_usage(context) && tls::is_read(material) && !found.empty() &&
         std::none_of(found.begin(), found.end(), tls::allows_clients);
}

bool trusts_somebody(const tls::TlsContext& context) {
  return std::any_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
    return !is_own_leaf(context, source) && !keeps_clients_out(context, source);
  });
}

/// True where somebody is trusted, but not for clients.
bool trusts_for_servers(const tls::TlsContext& context) {
  return std::any_of(context.trust.begin(), context.trust.end(), [&](const tls::TrustSource& source) {
    return !is_own_leaf(context, source) && keeps_clients_out(context, source);
  });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || context.role != tls::Role::Listener || trusts_somebody(context)) return;
  const Span where = demanded_at(context);
  if (!where.known()) return;
  if (!context.trust_unknown) {
    out.add(context, where,
            trusts_for_servers(context)
                ? "client certificates are required, but the extended key usage of every trusted CA leaves clientAuth "
                  "out, so every client is refused"
                : "client certificates are required but nothing is trusted to issue them, so every client is refused");
    return;
  }
  if (context.trust_elsewhere.empty()) return;
  out.add(Severity::Info, context, where,
          fmt::format("client certificates are required but nothing here is trusted to issue them; every client is "
                      "refused unless {} names some",
                      context.trust_elsewhere));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/empty-client-trust",
    .summary = "client certificates are required but none can be trusted",
    .why =
        "With mutual TLS switched on a client is let in only when its certificate leads to a trusted one. Where "
        "nothing is trusted, or Go finds no CA whose extendedKeyUsage allows clients, no client can get in, whatever "
        "certificate it shows, and the gateway starts without a word about it.",
    .cites = {{"RFC 8446", "4.4.2.4", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.4"},
              {"KrakenD 2.6, TLS settings", "disable_system_ca_pool, enable_mtls",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Tyk, client mTLS", "",
               "https://tyk.io/docs/5.5/basic-config-and-security/security/mutual-tls/client-mtls/"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: name the certificates that issue those of the clients",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,   //~ tls/empty-client-trust
    "disable_system_ca_pool": true
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_empty_client_trust
