// tyk/domainless-certificates: certificates of an API that has no domain.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_domainless_certificates {
namespace {

namespace tyk = gateways::tyk;

/// A port of its own needs no domain: it is the API's.
bool has_own_port(const tyk::Api& api, const tyk::Conf* conf) {
  return (!api.listen_port.absent() && !api.listen_port.known()) || tyk::port_of(api, conf) != 0;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (!api.domain_disabled && has_own_port(api, tyk::conf_of(model))) continue;
    if (!tyk::names_any(api.certificates) || !api.domain.known() || !tyk::domain_of(api).empty()) continue;
    out.add(api.certificates.key,
            api.domain_disabled ? "the custom domain of the API is disabled, and these certificates with it"
                                : "these certificates are for the custom domain of the API, which has none; whoever "
                                  "asks the port for one of their names is shown them",
            api.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/domainless-certificates",
    .summary = "an API has certificates and no domain",
    .why =
        "The certificates of an API are meant for its custom domain. Tyk does not compare the two: without a domain "
        "they join those of the whole port, and may replace the gateway's own for a name. With the domain disabled "
        "they are not loaded at all.",
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
