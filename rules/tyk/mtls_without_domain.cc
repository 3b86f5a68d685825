// tyk/mtls-without-domain: an API with mutual TLS that has no domain of its own.
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mtls_without_domain {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  for (const tyk::Api& api : model.apis) {
    if (!tyk::is_on(api.mutual_tls) || !tyk::speaks_http(api)) continue;
    if (!api.domain.known() || !tyk::domain_of(api).empty()) continue;
    const std::string cause = api.domain_disabled && !api.domain.value.empty()
                                  ? fmt::format("with its domain '{}' disabled", api.domain.value)
                                  : std::string("without a domain");
    Finding& finding = out.add(api.mutual_tls.where,
                               cause +
                                   " the API shares handshakes with every API that has none, and clients without "
                                   "the right certificate may get HTTP 403 in place of a TLS error",
                               api.subject);
    if (conf && !tyk::serves_tls(api, conf)) lint::Reporter::lower(finding, Confidence::Low);
    if (api.domain.written()) finding.related.push_back({api.domain.where, "the domain"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mtls-without-domain",
    .summary = "an API with mutual TLS has no domain of its own",
    .why =
        "In a handshake the server name is all that tells APIs apart. An API without a domain shares the default with "
        "all others of that kind: their allow-lists are united, and one of them without mutual TLS is enough to make "
        "the certificate optional.",
    .cites = {{"Tyk, mutual TLS concepts", "Fallback to HTTP authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .fix = "none: give the API a domain, and set enable_custom_domains in tyk.conf",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "",
  "use_keyless": true,
  "use_mutual_tls_auth": true,   //~ tyk/mtls-without-domain
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_mtls_without_domain
