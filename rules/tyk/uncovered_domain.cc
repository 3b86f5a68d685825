// tyk/uncovered-domain: a domain that no server certificate is for.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::tyk_uncovered_domain {
namespace {

namespace tyk = gateways::tyk;

using Leaves = std::vector<const tls::CertificateFacts*>;

/// Adds the leaf; false where what is written there is not known.
bool add(const tls::Material& material, Leaves& leaves) {
  if (!tls::is_read(material) || material.bundle.certificates.empty()) return false;
  leaves.push_back(&material.bundle.certificates.front());
  return true;
}

/// Adds the leaves of the list; false where part of it is not known.
bool add(const tyk::CertificateList& list, Leaves& leaves) {
  if (list.open || list.state == tyk::State::Unresolved) return false;
  return std::all_of(list.entries.begin(), list.entries.end(),
                     [&](const tyk::CertificateReference& entry) { return add(entry.material, leaves); });
}

/// Everything that may be shown to clients, whichever API they ask for: those of one API join those of its port.
/// Nullopt where part of it is not known.
std::optional<Leaves> shown(const tyk::Conf& conf, const tyk::Model& model) {
  Leaves leaves;
  if (!add(conf.server_certificates, leaves)) return std::nullopt;
  for (const tyk::Api& api : model.apis) {
    if (!api.domain_disabled && !add(api.certificates, leaves)) return std::nullopt;
  }
  if (conf.legacy_key.known() && conf.legacy_pairs.empty()) return std::nullopt;
  for (const tyk::LegacyPair& pair : conf.legacy_pairs) {
    if (!pair.certificate || !add(*pair.certificate, leaves)) return std::nullopt;
  }
  return leaves;
}

/// A pattern of mux, not a name.
bool is_pattern(std::string_view domain) {
  return domain.find_first_of("{}()*[]|^$") != std::string_view::npos;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  if (!conf || !tyk::is_on(conf->enable_custom_domains)) return;
  const auto leaves = shown(*conf, model);
  if (!leaves || leaves->empty()) return;
  for (const tyk::Api& api : model.apis) {
    if (tyk::serves_tls(api, conf) != true) continue;
    const std::string_view domain = tyk::domain_of(api);
    if (!api.domain.written() || domain.empty() || is_pattern(domain)) continue;
    const std::string_view host = domain.substr(0, domain.find(':'));
    if (std::any_of(leaves->begin(), leaves->end(), [&](const auto* leaf) { return tls::covers_host(*leaf, host); }))
      continue;
    out.add(api.domain.where,
            fmt::format("no server certificate is for '{}', so that its clients get the default one", host),
            api.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/uncovered-domain",
    .summary = "no server certificate is for the domain of an API",
    .why =
        "Tyk picks the certificate by the server name that the client sends. Where none of those in tyk.conf "
        "and of the APIs has the domain in its subjectAltName, the first one is shown, and clients refuse it.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Warning,
    .fix = "none: a certificate for the domain",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "orders.example.com",   //~ tyk/uncovered-domain
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
            .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "enable_custom_domains": true,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["gateway.pem"]
  }
}
)"}},
            .recipes = {{"gateway.pem", "cn=gw san=DNS:www.example.com with-key"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "orders.example.com",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
             .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "enable_custom_domains": true,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["gateway.pem"]
  }
}
)"}},
             .recipes = {{"gateway.pem", "cn=gw san=DNS:*.example.com with-key"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_uncovered_domain
