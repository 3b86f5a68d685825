// tyk/unprefixed-dashboard-id: a certificate id without the organisation that the Dashboard puts in front.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unprefixed_dashboard_id {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  if (!out.options().read.dashboard) return;
  for (const tyk::Api& api : model.apis) {
    if (!api.org_id.written() || api.org_id.value.empty()) continue;
    for (const tyk::CertificateReference* reference : tyk::references(api)) {
      const std::optional<tyk::CertificateId> id = tyk::parse_certificate_id(reference->written);
      if (!id || !id->organisation.empty() || reference->purpose == tyk::Purpose::Pin) continue;
      Finding& finding = out.add(
          reference->where,
          fmt::format(
              "'{}' has no organisation id; ids of the Dashboard are the organisation id, here '{}', followed by "
              "the SHA-256",
              reference->written, api.org_id.value),
          api.subject);
      const std::string fixed = api.org_id.value + id->sha256;
      if (!tyk::parse_certificate_id(fixed)) continue;
      finding.fix = out.replace(reference->where, tyk::quoted_like(out.text(reference->where), fixed),
                                "put the organisation id in front", false);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unprefixed-dashboard-id",
    .summary = "a certificate id lacks the organisation id of the Dashboard",
    .why =
        "The Dashboard keeps certificates apart by organisation: the id that it gives out begins with the organisation "
        "id. An id without it is one of the gateway's own API, and is not found among the certificates of the "
        "Dashboard.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .fix = "unsafe: put org_id in front; right only where the certificate was uploaded through the Dashboard",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "org_id": "5e9d9544a1dcd60001d0ed20",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"   //~ tyk/unprefixed-dashboard-id
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .options = "--dashboard"},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "org_id": "5e9d9544a1dcd60001d0ed20",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "5e9d9544a1dcd60001d0ed200b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .options = "--dashboard"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unprefixed_dashboard_id
