// krakend/global-client-tls: one client certificate for the backends of several owners.
#include <fmt/format.h>

#include <algorithm>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_global_client_tls {
namespace {

constexpr std::size_t kNamed = 4;

std::string listed(const std::vector<std::string>& domains) {
  const std::size_t named = std::min(domains.size(), kNamed);
  std::string text;
  for (std::size_t i = 0; i < named; ++i) text += (i == 0 ? "" : ", ") + domains[i];
  return named < domains.size() ? fmt::format("{} and {} more", text, domains.size() - named) : text;
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    if (!configuration.client_tls || configuration.client_tls->client_certificates.empty()) continue;
    const std::vector<std::string> domains =
        gateways::krakend::upstream_domains(configuration, out.options().read.edition);
    if (domains.size() < 2) continue;
    out.add(configuration.client_tls->client_certs->key_where,
            fmt::format("backends under {} domains get the same client certificate and settings: {}", domains.size(),
                        listed(domains)),
            "client_tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/global-client-tls",
    .summary = "one client certificate is offered to backends of several domains",
    .why =
        "client_tls at the root applies to every HTTP backend of every endpoint. Each of them that asks for a client "
        "certificate is shown this one and learns the identity in it, including backends of other owners. Settings for "
        "a single backend need the Enterprise Edition.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: give single backends their own client_tls (Enterprise Edition), or run one gateway for each owner",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [   //~ krakend/global-client-tls
      { "certificate": "/etc/krakend/tls/gateway.pem", "private_key": "/etc/krakend/tls/gateway.key" }
    ]
  },
  "endpoints": [
    { "endpoint": "/a", "backend": [{ "host": ["https://api.partner-one.example"], "url_pattern": "/a" }] },
    { "endpoint": "/b", "backend": [{ "host": ["https://api.partner-two.example"], "url_pattern": "/b" }] }
  ]
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      { "certificate": "/etc/krakend/tls/gateway.pem", "private_key": "/etc/krakend/tls/gateway.key" }
    ]
  },
  "endpoints": [
    { "endpoint": "/a", "backend": [{ "host": ["https://a.partner-one.example"], "url_pattern": "/a" }] },
    { "endpoint": "/b", "backend": [{ "host": ["https://b.partner-one.example"], "url_pattern": "/b" }] }
  ]
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_global_client_tls
