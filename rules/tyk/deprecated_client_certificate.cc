// tyk/deprecated-client-certificate: the old switch for certificates as identity.
#include <optional>
#include <string_view>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_deprecated_client_certificate {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kModeOfItsOwn{5, 12, 0};

/// Moves the switch; only takes it away where the new one is on already. Nullopt where the new one says no, or is not
/// known.
std::optional<Fix> moved(const tyk::Api& api, const lint::Reporter& out) {
  const tyk::Flag& mode = api.authentication.certificate_auth;
  std::optional<Fix> fix =
      out.remove(api.authentication.use_certificate.where, "remove enableClientCertificate", false);
  if (!fix || tyk::is_on(mode)) return fix;
  if (!mode.absent() || !api.authentication_object.known()) return std::nullopt;
  // An object without `enabled` is there: a second one would be a duplicate key.
  if (out.text(api.authentication_object).find("certificateAuth") != std::string_view::npos) return std::nullopt;
  const std::optional<Fix> added =
      out.insert(api.authentication_object, "certificateAuth", R"({"enabled": true})", false);
  if (!added) return std::nullopt;
  fix->title = "use certificateAuth instead";
  fix->edits.insert(fix->edits.end(), added->edits.begin(), added->edits.end());
  return fix;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::Flag& old = api.authentication.use_certificate;
    if (api.form != tyk::ApiForm::Oas || !tyk::is_on(old) || api.version < kModeOfItsOwn) continue;
    Finding& finding = out.add(old.key,
                               "enableClientCertificate is deprecated since Tyk 5.12; "
                               "authentication.certificateAuth.enabled takes its place, and wins where both are on",
                               api.subject);
    finding.fix = moved(api, out);
    if (api.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/deprecated-client-certificate",
    .summary = "enableClientCertificate is deprecated",
    .why =
        "Since 5.12 certificates as identity are a mode of their own, certificateAuth, which checks that the "
        "client holds the private key. The switch of the token scheme still works.",
    .cites = {{"Tyk, apidef/oas/security.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/apidef/oas/security.go"},
              {"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"}},
    .severity = Severity::Info,
    .fix = "unsafe: certificateAuth",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "openapi": "3.0.3",
  "info": { "title": "orders", "version": "1" },
  "paths": {},
  "components": { "securitySchemes": { "authToken": { "type": "apiKey", "in": "header", "name": "Authorization" } } },
  "security": [{ "authToken": [] }],
  "x-tyk-api-gateway": {
    "info": { "name": "orders", "id": "orders", "state": { "active": true } },
    "server": {
      "listenPath": { "value": "/orders/", "strip": true },
      "authentication": {
        "enabled": true,
        "securitySchemes": {
          "authToken": {
            "enabled": true,
            "enableClientCertificate": true   //~ tyk/deprecated-client-certificate
          }
        }
      }
    },
    "upstream": { "url": "https://orders.internal.example.com" }
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "openapi": "3.0.3",
  "info": { "title": "orders", "version": "1" },
  "paths": {},
  "components": { "securitySchemes": { "authToken": { "type": "apiKey", "in": "header", "name": "Authorization" } } },
  "security": [{ "authToken": [] }],
  "x-tyk-api-gateway": {
    "info": { "name": "orders", "id": "orders", "state": { "active": true } },
    "server": {
      "listenPath": { "value": "/orders/", "strip": true },
      "authentication": {
        "enabled": true,
        "certificateAuth": { "enabled": true },
        "securitySchemes": { "authToken": { "enabled": true } }
      }
    },
    "upstream": { "url": "https://orders.internal.example.com" }
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_deprecated_client_certificate
