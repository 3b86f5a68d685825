// tyk/domainless-certificates: certificates of an API that has no domain.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_domainless_certificates {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (api.certificates.entries.empty() || !api.domain.known() || !tyk::domain_of(api).empty()) continue;
    out.add(api.certificates.key,
            "these certificates are for the custom domain of the API, which has none, so that they are never shown",
            api.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/domainless-certificates",
    .summary = "an API has certificates and no domain",
    .why =
        "Tyk shows the certificates of an API to clients that ask for its custom domain. Without one, or with "
        "the domain disabled, they are loaded for nothing and clients see the gateway's own certificate.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Warning,
    .fix = "none: a domain, or no certificates",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "",
  "certificates": ["/etc/tyk/orders.pem"],   //~ tyk/domainless-certificates
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "orders.example.com",
  "certificates": ["/etc/tyk/orders.pem"],
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_domainless_certificates
