// tyk/unsafe-dynamic-mtls: a token that proves nothing.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unsafe_dynamic_mtls {
namespace {

namespace tyk = gateways::tyk;

/// True where no auth token is asked for at all, so that there is none to make up.
bool takes_no_token(const tyk::Authentication& authentication) {
  return !tyk::is_off(authentication.keyless) || (tyk::is_off(authentication.token) && authentication.other);
}

/// True where another mode, of which part is a reference, may be on in place of tokens.
bool may_take_no_token(const tyk::Api& api) {
  const bool other_may_be_on = api.form == tyk::ApiForm::Classic && api.authentication.unknown;
  return other_may_be_on && !tyk::is_on(api.authentication.token);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    // Older releases read past the key and never ask for the certificate, which is told where an API needs it.
    if (!tyk::is_on(conf.allow_unsafe_token) || !tyk::asks_for_certificate_of_token(conf.version)) continue;
    Finding& finding =
        out.add(conf.allow_unsafe_token.where,
                "a token that is made of public data then lets clients in without the private key of the certificate",
                "tyk.conf");
    finding.fix = out.replace(conf.allow_unsafe_token.where, "false", "ask for the certificate too", false);
  }
  for (const tyk::Api& api : model.apis) {
    const tyk::Flag& flag = api.authentication.use_certificate;
    if (!tyk::is_on(flag) || tyk::asks_for_certificate_of_token(api.version)) continue;
    if (takes_no_token(api.authentication)) continue;
    Finding& finding =
        out.add(Severity::Warning, flag.where,
                fmt::format("Tyk {} also takes the token that it derives from the certificate, which is public data, "
                            "without the certificate; 5.12, and 5.8.12 of the 5.8 line, ask for both",
                            gateways::name(api.version)),
                api.subject);
    if (api.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
    if (may_take_no_token(api)) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unsafe-dynamic-mtls",
    .summary = "a token alone is enough where a certificate is the identity",
    .why =
        "With certificates as identity Tyk makes a token of the organisation and the hash of the certificate. "
        "Neither is secret. Where the token is accepted without the handshake that proves the private key, "
        "whoever knows the certificate can pose as its owner. Since 5.12.0, and 5.8.12 of the 5.8 line, Tyk asks for "
        "the "
        "certificate too, unless allow_unsafe_dynamic_mtls_token is on.",
    .cites = {{"Tyk, implementing TLS", "Dynamic mTLS", "https://tyk.io/docs/5.13/api-management/implement-tls"},
              {"Tyk, gateway/mw_auth_key.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/mw_auth_key.go"},
              {"Tyk Gateway release notes", "5.8.12, 5.12.0",
               "https://tyk.io/docs/developer-support/release-notes/gateway"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: false",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "security": {
    "allow_unsafe_dynamic_mtls_token": true   //~ tyk/unsafe-dynamic-mtls
  },
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unsafe_dynamic_mtls
