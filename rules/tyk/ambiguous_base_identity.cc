// tyk/ambiguous-base-identity: several ways to know a client, and none that decides.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_ambiguous_base_identity {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const tyk::Authentication& authentication = api.authentication;
    const tyk::Word& base = authentication.base_identity;
    if (authentication.identity_modes.size() < 2 || !tyk::is_off(authentication.keyless)) continue;
    if (!base.known() || !base.value.empty()) continue;
    out.add(authentication.first_identity_mode,
            fmt::format("{} are on together; {} must say which of them gives the session",
                        fmt::join(authentication.identity_modes, " and "),
                        api.form == tyk::ApiForm::Oas ? "baseIdentityProvider" : "base_identity_provided_by"),
            api.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/ambiguous-base-identity",
    .summary = "several authentication modes are on and none gives the identity",
    .why =
        "With more than one mode every one of them must let a request in, and the session with its quotas and "
        "rights comes from the mode that base_identity_provided_by names. Without it the last one that ran "
        "decides.",
    .cites = {{"Tyk, multiple authentication modes", "",
               "https://tyk.io/docs/basic-config-and-security/security/authentication-authorization/multiple-auth/"}},
    .severity = Severity::Warning,
    .fix = "none: name the mode",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": false,
  "use_basic_auth": true,   //~ tyk/ambiguous-base-identity
  "enable_jwt": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": false,
  "use_basic_auth": true,
  "enable_jwt": true,
  "base_identity_provided_by": "jwt_claim",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_ambiguous_base_identity
