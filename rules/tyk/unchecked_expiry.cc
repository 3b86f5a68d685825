// tyk/unchecked-expiry: client certificates whose end nobody looks at.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unchecked_expiry {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (!tyk::is_on(api.mutual_tls) || tyk::checks_expiry(api.version)) continue;
    Finding& finding =
        out.add(api.mutual_tls.where,
                fmt::format("where the handshake only requests a certificate, Tyk {} compares its "
                            "fingerprint and not its dates; 4.0.14, 5.0.3, 5.1.1 and later refuse an expired one",
                            gateways::name(api.version)),
                api.subject);
    if (api.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unchecked-expiry",
    .summary = "the release does not check whether client certificates have expired",
    .why =
        "Before 5.1.1, 5.0.3 and 4.0.14 the check of an allow-list above TLS was a comparison of fingerprints. A "
        "client "
        "certificate on the list so stays good for ever, as long as the handshake does not verify it.",
    .cites = {{"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"},
              {"Tyk, pull request 5062", "", "https://github.com/TykTechnologies/tyk/pull/5062"}},
    .severity = Severity::Warning,
    .fix = "none: upgrade, or take expired certificates off the list",
    .bad = {.gateway = "tyk@5.0", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,   //~ tyk/unchecked-expiry
  "strip_auth_data": true,
  "client_certificates": [
    "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.3", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unchecked_expiry
