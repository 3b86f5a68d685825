// tyk/unverified-dashboard: verification of the Dashboard switched off.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unverified_dashboard {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (!tyk::is_on(conf.server_insecure)) continue;
    Finding& finding = out.add(
        conf.server_insecure.where,
        "this switches off the verification of the Dashboard's certificate, not of clients or upstreams", "tyk.conf");
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
        "connection to the Dashboard, from which it takes its APIs and keys: any machine on the path can pose "
        "as the Dashboard.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.ssl_insecure_skip_verify",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"}},
    .severity = Severity::Warning,
    .fix = "unsafe: false; the Dashboard then needs a certificate that is trusted",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
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
