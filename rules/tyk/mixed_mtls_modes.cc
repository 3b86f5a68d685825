// tyk/mixed-mtls-modes: allow-lists and certificates as identity on one domain.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mixed_mtls_modes {
namespace {

namespace tyk = gateways::tyk;

bool knows_by_certificate(const tyk::Api& api) {
  return tyk::is_on(api.authentication.use_certificate) || tyk::is_on(api.authentication.certificate_auth);
}

/// True where a certificate is requested at most, or the control API asks for its own, whatever the APIs want.
bool is_decided_by_control_api(const tyk::ApiGroup& group, const tyk::Conf* conf) {
  if (tyk::may_ask_for_control_certificate(group, conf)) return true;
  return conf && tyk::on_control_port(*group.apis.front(), *conf) && tyk::lowers_on_control_port(conf->version) &&
         !tyk::is_on(conf->skip_client_ca_announcement);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  for (const tyk::ApiGroup& group : tyk::by_domain(model)) {
    if (is_decided_by_control_api(group, conf)) continue;
    const tyk::Api* fixed = nullptr;
    const tyk::Api* dynamic = nullptr;
    bool has_plain = false;
    for (const tyk::Api* api : group.apis) {
      const bool by_certificate = knows_by_certificate(*api);
      if (tyk::is_on(api->mutual_tls) && !fixed) fixed = api;
      if (!tyk::is_on(api->mutual_tls) && by_certificate && !dynamic) dynamic = api;
      has_plain = has_plain || (tyk::is_off(api->mutual_tls) && !by_certificate);
    }
    // An API that asks for none makes it a request in every order.
    if (!fixed || !dynamic || has_plain) continue;
    const tyk::Authentication& authentication = dynamic->authentication;
    const tyk::Flag& flag =
        tyk::is_on(authentication.use_certificate) ? authentication.use_certificate : authentication.certificate_auth;
    Finding& finding =
        out.add(flag.where,
                fmt::format("{} knows clients by any certificate and {} by its allow-list, both on '{}': whether the "
                            "handshake lets clients of the former in depends on which API is loaded first",
                            dynamic->subject, fixed->subject, group.domain),
                dynamic->subject);
    finding.related.push_back({fixed->mutual_tls.where, "the allow-list"});
    // Which gateway loads which API is not known, or an API that asks for none may have this domain.
    const bool may_be_more =
        std::any_of(model.apis.begin(), model.apis.end(), [](const tyk::Api& api) { return !api.domain.known(); });
    if (model.confs.size() > 1 || may_be_more) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mixed-mtls-modes",
    .summary = "allow-lists and certificates as identity share a domain",
    .why =
        "APIs of one domain share its handshake. An API with an allow-list makes it require a certificate of "
        "the list; one that takes any certificate as identity wants it merely requested. Tyk walks the APIs "
        "in the order in which they were loaded, so that the same files work on one day and lock clients out "
        "on the next.",
    .cites = {{"Tyk, mutual TLS concepts", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: a domain for each",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
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
)",
            .more = {{"bills.json", R"({
  "api_id": "bills",
  "name": "bills",
  "domain": "orders.example.com",
  "use_standard_auth": true,
  "auth": {
    "auth_header_name": "Authorization",
    "use_certificate": true   //~ tyk/mixed-mtls-modes
  },
  "proxy": { "target_url": "https://bills.internal.example.com" }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
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
)",
             .more = {{"bills.json", R"({
  "api_id": "bills",
  "name": "bills",
  "domain": "bills.example.com",
  "use_standard_auth": true,
  "auth": {
    "auth_header_name": "Authorization",
    "use_certificate": true
  },
  "proxy": { "target_url": "https://bills.internal.example.com" }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_mixed_mtls_modes
