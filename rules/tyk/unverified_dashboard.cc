// tyk/unverified-dashboard: verification of the Dashboard switched off.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unverified_dashboard {
namespace {

namespace tyk = gateways::tyk;

/// False where the client is surely not used, or without TLS: gateway/dashboard_register.go, initialiseClient.
bool may_call_dashboard(const tyk::Conf& conf) {
  const bool takes_apis = tyk::is_on(conf.use_db_app_configs) || !conf.use_db_app_configs.known();
  const bool takes_policies = !conf.policy_source.known() || conf.policy_source.value == "service";
  const bool over_tls = !tyk::is_off(conf.use_ssl) && !conf.dashboard_url.value.starts_with("http://");
  return over_tls && (takes_apis || takes_policies);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (!tyk::is_on(conf.server_insecure)) continue;
    const bool has_effect = may_call_dashboard(conf);
    Finding& finding =
        out.add(has_effect ? Severity::Warning : Severity::Info, conf.server_insecure.where,
                has_effect ? "this switches off the verification of the Dashboard's certificate, not of clients or "
                             "upstreams"
                           : "this is about the Dashboard's certificate, not about clients or upstreams, and without "
                             "effect: no Dashboard is called over TLS",
                "tyk.conf");
    finding.fix = out.replace(conf.server_insecure.where, "false", "verify the Dashboard", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unverified-dashboard",
    .summary = "the certificate of the Dashboard is not verified",
    .why =
        "http_server_options.ssl_insecure_skip_verify has no effect on a listener. Tyk uses it for its own "
        "connection to the Dashboard, from which it takes its APIs and policies: any machine on the path can pose "
        "as the Dashboard. Without use_ssl, with an address of http:// or where no Dashboard is used, nothing reads "
        "it.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.ssl_insecure_skip_verify",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, initialiseClient in gateway/dashboard_register.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/dashboard_register.go"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix = "unsafe: false; the Dashboard then needs a certificate that is trusted",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "use_db_app_configs": true,
  "http_server_options": {
    "use_ssl": true,
    "ssl_insecure_skip_verify": true,   //~ tyk/unverified-dashboard
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "use_db_app_configs": true,
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

}  // namespace tlsward::rules::tyk_unverified_dashboard
