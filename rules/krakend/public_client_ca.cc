// krakend/public-client-ca: mutual TLS that believes every CA of the operating system.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_public_client_ca {
namespace {

bool names_a_ca(const gateways::krakend::TlsBlock& tls) {
  if (tls.ca_certs == nullptr) return false;
  const auto entries = gateways::krakend::list_entries(tls.ca_certs->value);
  return entries && !entries->empty();
}

/// Before 2.1, whatever the file says of CAs.
void tell_unlimited(const gateways::krakend::Configuration& configuration, lint::Reporter& out) {
  const auto& tls = configuration.tls;
  const std::string version = gateways::name(configuration.version.number);
  Finding& finding =
      out.add(tls.enable_mtls.where,
              fmt::format("clients with a certificate of any CA that the operating system trusts are let "
                          "in; KrakenD {} has no setting against that, 2.1 has",
                          version),
              "tls");
  for (const Member* member : {tls.disable_system_ca_pool_member, tls.ca_certs}) {
    if (member != nullptr)
      finding.related.push_back({member->key_where, fmt::format("exists since KrakenD 2.1; {} ignores it", version)});
  }
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    const auto& tls = configuration.tls;
    const auto& pool = tls.disable_system_ca_pool;
    if (!gateways::krakend::tls_active(configuration) || !tls.enable_mtls.written() || !tls.enable_mtls.value) continue;
    if (!gateways::krakend::limits_client_cas(configuration)) {
      tell_unlimited(configuration, out);
      continue;
    }
    if (!pool.known() || pool.value) continue;
    Finding& finding = out.add(pool.written() ? pool.where : tls.enable_mtls.where,
                               "clients with a certificate of any CA that the operating system trusts are let in; set "
                               "disable_system_ca_pool to true and list your own CA in ca_certs",
                               "tls");
    if (!pool.written()) finding.label = "no disable_system_ca_pool beside it";
    // Without a CA of its own the change would lock everybody out.
    if (!names_a_ca(tls)) continue;
    finding.fix = tls.disable_system_ca_pool_member != nullptr
                      ? out.replace(tls.disable_system_ca_pool_member->value.where, "true", "set to true", false)
                      : out.insert(tls.node->where, "disable_system_ca_pool", "true", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/public-client-ca",
    .summary = "mutual TLS accepts client certificates of every public CA",
    .why =
        "KrakenD verifies client certificates against the CAs of the operating system and adds those of ca_certs to "
        "them. Whoever has a certificate for clients (with the usage clientAuth, or without any list of usages) of "
        "one of these CAs passes, whomever it names. Some public CAs still issue such certificates, others like "
        "Let's Encrypt stopped in 2026; companies put CAs of their own into the store. Only disable_system_ca_pool "
        "limits the circle to the CAs that are listed; KrakenD has it and ca_certs since 2.1.",
    .cites = {{"KrakenD 2.6, TLS settings", "enable_mtls, disable_system_ca_pool, ca_certs",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD, mutual authentication", "",
               "https://www.krakend.io/docs/authorization/mutual-authentication/"}},
    .severity = Severity::Error,
    .fix = "unsafe: set disable_system_ca_pool where ca_certs names a CA",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "enable_mtls": true,   //~ krakend/public-client-ca
    "ca_certs": ["/etc/krakend/tls/clients-ca.pem"]
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

}  // namespace tlsward::rules::krakend_public_client_ca
