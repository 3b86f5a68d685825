// tyk/mtls-as-authentication: mutual TLS without a decision on how clients are identified.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mtls_as_authentication {
namespace {

namespace tyk = gateways::tyk;

/// True where the auth token that Tyk asks for by itself may be the certificate. In an OAS definition that takes a
/// scheme that is required.
bool takes_certificates(const tyk::Api& api) {
  return api.form == tyk::ApiForm::Classic && !tyk::is_off(api.authentication.use_certificate);
}

bool undecided(const tyk::Authentication& authentication) {
  return tyk::is_off(authentication.keyless) && tyk::is_off(authentication.token) &&
         tyk::is_off(authentication.certificate_auth) && !authentication.other && !authentication.unknown;
}

std::optional<Fix> make_keyless(const tyk::Api& api, const lint::Reporter& out) {
  const tyk::Flag& keyless = api.authentication.keyless;
  if (api.form == tyk::ApiForm::Oas) return out.replace(keyless.where, "false", "make the API keyless", false);
  if (keyless.written()) return out.replace(keyless.where, "true", "make the API keyless", false);
  return out.insert(api.object, "use_keyless", "true", false);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (!tyk::is_on(api.mutual_tls) || !undecided(api.authentication)) continue;
    if (!tyk::speaks_http(api) || takes_certificates(api)) continue;
    Finding& finding = out.add(api.mutual_tls.where,
                               "mutual TLS is authorization, not authentication, and no authentication mode is set, so "
                               "Tyk asks for an auth token as well and answers 401 without one; combine it with Auth "
                               "Key or Keyless",
                               api.subject);
    finding.fix = make_keyless(api, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mtls-as-authentication",
    .summary = "mutual TLS is the only protection and no authentication mode is set",
    .why =
        "The allow-list says which certificates may come in; it does not tell Tyk who the client is, so there are no "
        "keys, quotas or policies. An API without any mode gets Auth Key, which surprises clients that have nothing "
        "but a certificate.",
    .cites = {{"Tyk, mutual TLS concepts", "Authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: make the API keyless, or choose another authentication mode",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_mutual_tls_auth": true,   //~ tyk/mtls-as-authentication
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

}  // namespace tlsward::rules::tyk_mtls_as_authentication
