// tyk/certificate-without-token: clients are to be known by their certificate, but auth tokens are off.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_certificate_without_token {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::Authentication& authentication = api.authentication;
    if (!tyk::is_on(authentication.use_certificate) || !tyk::is_off(authentication.token)) continue;
    // Without any other mode Tyk asks for tokens by itself.
    if (!authentication.other || tyk::is_on(authentication.keyless)) continue;
    const bool classic = api.form == tyk::ApiForm::Classic;
    Finding& finding =
        out.add(authentication.use_certificate.where,
                classic ? "use_certificate is true but use_standard_auth is not; the certificate takes "
                          "the place of an auth token, so auth tokens must be enabled"
                        : "enableClientCertificate is true but its auth token scheme is not enabled; the "
                          "certificate takes the place of the token",
                api.subject);
    if (authentication.token.written()) {
      finding.related.push_back({authentication.token.where, "auth tokens are switched off here"});
      finding.fix = out.replace(authentication.token.where, "true", "enable auth tokens", false);
    } else if (authentication.token_object.known()) {
      finding.fix = out.insert(authentication.token_object, classic ? "use_standard_auth" : "enabled", "true", false);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/certificate-without-token",
    .summary = "certificate login is on while auth tokens are off",
    .why =
        "Tyk derives the key of a client from its certificate and then looks it up like an auth token. With another "
        "mode alone in charge that lookup is not made for the client, and the certificate identifies nobody.",
    .cites = {{"Tyk, client mTLS", "Using with authentication",
               "https://tyk.io/docs/5.5/basic-config-and-security/security/mutual-tls/client-mtls/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: enable auth tokens beside the other mode; requests without certificate or token are then refused",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "enable_jwt": true,
  "use_standard_auth": false,
  "auth": {
    "use_certificate": true   //~ tyk/certificate-without-token
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_standard_auth": true,
  "strip_auth_data": true,
  "auth": {
    "use_certificate": true
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_certificate_without_token
