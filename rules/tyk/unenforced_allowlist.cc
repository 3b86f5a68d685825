// tyk/unenforced-allowlist: an allow-list that nobody looks at.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unenforced_allowlist {
namespace {

namespace tyk = gateways::tyk;

/// True where clients are known by their certificates, or may be.
bool knows_by_certificate(const tyk::Api& api) {
  constexpr gateways::ProductVersion kHasCertificateAuth{5, 12, 0};
  const tyk::Authentication& authentication = api.authentication;
  if (tyk::is_on(authentication.keyless)) return false;
  return !tyk::is_off(authentication.use_certificate) ||
         (!tyk::is_off(authentication.certificate_auth) && api.version >= kHasCertificateAuth);
}

bool is_unenforced(const tyk::Api& api) {
  return tyk::names_any(api.client_certificates) && tyk::is_off(api.mutual_tls) && !knows_by_certificate(api);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (!is_unenforced(api)) continue;
    const bool classic = api.form == tyk::ApiForm::Classic;
    const std::string_view key = classic ? "use_mutual_tls_auth" : "clientCertificates.enabled";
    const std::string_view list = classic ? "client_certificates" : "the allowlist";
    if (api.mutual_tls.written()) {
      // OAS has the switch beside the list: off is what somebody wrote on purpose.
      Finding& finding =
          out.add(classic ? Severity::Error : Severity::Warning, api.mutual_tls.where,
                  fmt::format("{} is false, so {} is not enforced and the API is open to clients without "
                              "a certificate; set it to true",
                              key, list),
                  api.subject);
      finding.related.push_back({api.client_certificates.key, "the list that is not enforced"});
      finding.fix = out.replace(api.mutual_tls.where, "true", "enforce the allow-list", false);
      continue;
    }
    Finding& finding =
        out.add(api.client_certificates.key,
                fmt::format("{} is not enforced without {}: true, so the API is open to clients without a "
                            "certificate",
                            list, key),
                api.subject);
    finding.label = fmt::format("no {} beside it", tyk::mutual_tls_key(api));
    if (api.mutual_tls_object.known()) {
      finding.fix = out.insert(api.mutual_tls_object, tyk::mutual_tls_key(api), "true", false);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unenforced-allowlist",
    .summary = "an allow-list of client certificates is not enforced",
    .why =
        "The list alone does nothing: Tyk looks at it only where mutual TLS is switched on. Until then everybody gets "
        "in, while the file reads as if nobody could.",
    .cites = {{"Tyk, mutual TLS concepts", "Authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: switch mutual TLS on; clients that are not listed are then refused",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],   //~ tyk/unenforced-allowlist
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

}  // namespace tlsward::rules::tyk_unenforced_allowlist
