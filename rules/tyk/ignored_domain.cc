// tyk/ignored-domain: the domain of an API while domains are off.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_ignored_domain {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  if (!conf || !tyk::is_off(conf->enable_custom_domains)) return;
  for (const tyk::Api& api : model.apis) {
    if (!api.domain.written() || tyk::domain_of(api).empty()) continue;
    Finding& finding = out.add(
        api.domain.where, "the domain is ignored, because enable_custom_domains of tyk.conf is not on", api.subject);
    if (conf->enable_custom_domains.written())
      finding.related.push_back({conf->enable_custom_domains.where, "off here"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/ignored-domain",
    .summary = "the domain of an API is ignored",
    .why =
        "Custom domains count only with enable_custom_domains in tyk.conf. Without it the API answers on "
        "every host, shares its handshakes with all others, and its certificates and mutual TLS are not tied "
        "to the domain.",
    .cites = {{"Tyk Gateway configuration", "enable_custom_domains",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, implementing TLS", "", "https://tyk.io/docs/5.13/api-management/implement-tls"}},
    .severity = Severity::Warning,
    .fix = "none: enable_custom_domains: true",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "orders.example.com",   //~ tyk/ignored-domain
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
            .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "domain": "orders.example.com",
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
             .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "enable_custom_domains": true,
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

}  // namespace tlsward::rules::tyk_ignored_domain
