// tyk/forwarded-credentials: what a client identifies itself with is passed on to the upstream.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_forwarded_credentials {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const bool mutual = tyk::is_on(api.mutual_tls);
    const tyk::Flag& strip = api.authentication.strip_auth_data;
    // A keyless API has no credentials to strip: Tyk does not even look at the setting.
    if (!tyk::is_off(api.authentication.keyless) || !tyk::speaks_http(api)) continue;
    if ((!mutual && !tyk::is_on(api.authentication.token)) || !tyk::is_off(strip)) continue;
    const std::string_view key = tyk::strip_auth_data_key(api);
    if (strip.written()) {
      Finding& finding =
          out.add(strip.where,
                  fmt::format("{} is false, so the upstream sees what clients authenticate with; true removes it", key),
                  api.subject);
      finding.fix = out.replace(strip.where, "true", fmt::format("set {} to true", key), false);
      continue;
    }
    Finding& finding =
        out.add(mutual ? api.mutual_tls.key : api.authentication.token.key,
                fmt::format("without {} the upstream sees what clients authenticate with", key), api.subject);
    finding.label = fmt::format("no {} beside it", key);
    if (api.authentication_object.known()) finding.fix = out.insert(api.authentication_object, key, "true", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/forwarded-credentials",
    .summary = "authorization data is forwarded to the upstream",
    .why =
        "Tyk checks the Authorization header, key or token of a request and then sends it on. An upstream that does "
        "not need it can lose it, log it or use it elsewhere.",
    .cites = {{"Tyk, mutual TLS concepts", "Authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .fix = "unsafe: strip authorization data; upstreams that look at it themselves then refuse the request",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_standard_auth": true,
  "strip_auth_data": false,   //~ tyk/forwarded-credentials
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_standard_auth": true,
  "strip_auth_data": true,
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_forwarded_credentials
