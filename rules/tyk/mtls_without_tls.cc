// tyk/mtls-without-tls: mutual TLS on a listener without TLS.
#include <string>
#include <string_view>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mtls_without_tls {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  if (!conf) return;
  for (const tyk::Api& api : model.apis) {
    if (!tyk::is_on(api.mutual_tls) || tyk::serves_tls(api, conf) != false) continue;
    const std::string_view problem =
        api.protocol.value == "tcp"
            ? "the API is served over plain TCP, where nobody asks for a certificate: every client is let in"
            : "the API is served over plain HTTP, so that every request is answered 403 \"TLS not enabled\"";
    Finding& finding = out.add(api.mutual_tls.where, std::string(problem), api.subject);
    const bool by_protocol = !api.protocol.value.empty();
    const Span cause = by_protocol ? api.protocol.where : conf->use_ssl.where;
    if (cause.known()) finding.related.push_back({cause, by_protocol ? "a protocol without TLS" : "TLS is off"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mtls-without-tls",
    .summary = "an API with mutual TLS is served without TLS",
    .why =
        "Without TLS there is no client certificate. An API with use_mutual_tls_auth refuses every request on "
        "a plain listener.",
    .cites = {{"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"},
              {"Tyk, internal/crypto/helpers.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/internal/crypto/helpers.go"}},
    .severity = Severity::Error,
    .fix = "none: use_ssl in tyk.conf",
    .replaces = {"tyk/http-level-mtls", "tyk/mtls-without-domain"},
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,   //~ tyk/mtls-without-tls
  "strip_auth_data": true,
  "client_certificates": [
    "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .more = {{"tyk.conf", R"({
  "listen_port": 8080,
  "secret": "q7JHdYk2mXbVw94T",
  "enable_custom_domains": true,
  "http_server_options": { "use_ssl": false }
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
             .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "enable_custom_domains": true,
  "control_api_port": 9443,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_mtls_without_tls
