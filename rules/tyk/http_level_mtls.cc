// tyk/http-level-mtls: the control API shares the port, so that a client certificate is only requested.
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_http_level_mtls {
namespace {

namespace tyk = gateways::tyk;

bool lowers(const tyk::Conf& conf) {
  return tyk::lowers_on_control_port(conf.version) && tyk::is_off(conf.control_api_use_mutual_tls) &&
         tyk::is_off(conf.skip_client_ca_announcement);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  if (!conf || !lowers(*conf)) return;
  Finding* finding = nullptr;
  for (const tyk::Api& api : model.apis) {
    if (!tyk::is_on(api.mutual_tls) || !api.listen_port.known() || !tyk::on_control_port(api, *conf)) continue;
    if (tyk::serves_tls(api, conf) != true) continue;
    if (finding) {
      finding->related.push_back({api.mutual_tls.where, "the same holds for " + api.subject});
      continue;
    }
    finding = &out.add(api.mutual_tls.where,
                       "the control API is on the same port, so a certificate is requested, not required: clients "
                       "without one get HTTP 403 in place of a TLS error, unless control_api_port or "
                       "control_api_hostname sets the control API apart",
                       api.subject);
    if (conf->version_guessed) lint::Reporter::lower(*finding, Confidence::Medium);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/http-level-mtls",
    .summary = "mutual TLS is enforced by HTTP answers, not by the handshake",
    .why =
        "The control API must stay reachable for callers without a client certificate. As long as it has neither a "
        "port nor a host name of its own, Tyk 5.0.3 and later lowers every required certificate on the port to a "
        "requested "
        "one, whatever domains the APIs have. The API then answers 403 itself, after the request was read.",
    .cites = {{"Tyk, mutual TLS concepts", "Fallback to HTTP authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"},
              {"Tyk, implementing TLS", "Control API", "https://tyk.io/docs/5.13/api-management/implement-tls"}},
    .severity = Severity::Info,
    .fix = "none: give the control API a port or host name of its own",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "listen_port": 8443,
  "enable_custom_domains": true,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["/etc/tyk/tls/api.pem"]
  },
  "security": { "private_certificate_encoding_secret": "env://TYK_CERT_SECRET" }
}
)",
            .name = "tyk.conf",
            .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,   //~ tyk/http-level-mtls
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "listen_port": 8443,
  "control_api_port": 9443,
  "enable_custom_domains": true,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "ssl_certificates": ["/etc/tyk/tls/api.pem"]
  },
  "security": { "private_certificate_encoding_secret": "env://TYK_CERT_SECRET" }
}
)",
             .name = "tyk.conf",
             .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_http_level_mtls
