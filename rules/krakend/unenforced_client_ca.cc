// krakend/unenforced-client-ca: client CAs without mutual TLS.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unenforced_client_ca {
namespace {

using gateways::krakend::TlsBlock;

bool names_a_ca(const TlsBlock& tls) {
  // A template in place of the list is meant to name one, too.
  return tls.ca_certs != nullptr && !gateways::krakend::lists_nothing(tls.ca_certs->value);
}

/// Before 2.1, where enable_mtls would not put the CAs into force either.
void tell_unread(const TlsBlock& tls, std::string_view version, lint::Reporter& out) {
  if (!names_a_ca(tls)) return;
  out.add(tls.enable_mtls.written() ? Severity::Warning : Severity::Error, tls.ca_certs->key_where,
          fmt::format("clients are not asked for a certificate, and ca_certs has no effect: it exists "
                      "since KrakenD 2.1, {} ignores it",
                      version),
          "tls");
}

void check_block(const TlsBlock& tls, lint::Reporter& out) {
  const auto& mtls = tls.enable_mtls;
  if (names_a_ca(tls)) {
    // Whoever wrote false knows of the switch; whoever left it out may believe that the list is enough.
    Finding& finding =
        out.add(mtls.written() ? Severity::Warning : Severity::Error, tls.ca_certs->key_where,
                "ca_certs has no effect and clients are not asked for a certificate; enable_mtls must be "
                "true for that",
                "tls");
    if (mtls.written()) {
      finding.related.push_back({mtls.where, "switched off here"});
    } else {
      finding.label = "no enable_mtls beside it";
    }
    return;
  }
  if (!tls.disable_system_ca_pool.written() || !tls.disable_system_ca_pool.value) return;
  out.add(
      Severity::Warning, tls.disable_system_ca_pool_member->key_where,
      "disable_system_ca_pool has no effect and clients are not asked for a certificate; enable_mtls must be true for "
      "that",
      "tls");
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const TlsBlock& tls = configuration.tls;
    if (!gateways::krakend::tls_active(configuration) || !tls.enable_mtls.known() || tls.enable_mtls.value) continue;
    if (gateways::krakend::limits_client_cas(configuration)) {
      check_block(tls, out);
    } else {
      tell_unread(tls, gateways::name(configuration.version.number), out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unenforced-client-ca",
    .summary = "CAs for client certificates are listed but mutual TLS is off",
    .why =
        "In tls KrakenD reads ca_certs and disable_system_ca_pool only where enable_mtls is true. Without it every "
        "client is let in, with or without a certificate, while the file looks as if certificates were checked.",
    .cites = {{"KrakenD 2.6, TLS settings", "ca_certs, enable_mtls",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, mutual authentication", "",
               "https://www.krakend.io/docs/authorization/mutual-authentication/"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: set enable_mtls to true, or remove ca_certs",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]   //~ krakend/unenforced-client-ca
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,
    "disable_system_ca_pool": true,
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_unenforced_client_ca
