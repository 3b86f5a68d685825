// tyk/locked-control-api: mutual TLS of a control API that nobody has a certificate for.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_locked_control_api {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (!tyk::is_on(conf.control_api_use_mutual_tls)) continue;
    if (tyk::is_off(conf.use_ssl)) {
      Finding& finding = out.add(conf.control_api_use_mutual_tls.where,
                                 "the control API is served over plain HTTP, so that every request to it is answered "
                                 "403 \"TLS not enabled\"",
                                 "tyk.conf");
      if (conf.use_ssl.written()) finding.related.push_back({conf.use_ssl.where, "TLS is off"});
      continue;
    }
    const tyk::CertificateList& list = conf.control_api;
    if (tyk::names_any(list) || list.open || list.state == tyk::State::Unresolved) continue;
    out.add(conf.control_api_use_mutual_tls.where,
            "security.certificates.control_api is empty, so that nobody can reach the control API", "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/locked-control-api",
    .summary = "the control API requires a certificate and accepts none",
    .why =
        "With control_api_use_mutual_tls the control API takes only clients whose certificate stands in "
        "security.certificates.control_api. An empty list locks everybody out, the Dashboard and your own "
        "deployment too; so does a gateway without TLS, where there is no certificate to look at.",
    .cites = {{"Tyk, implementing TLS", "Control API", "https://tyk.io/docs/5.13/api-management/implement-tls"},
              {"Tyk, gateway/server.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/server.go"}},
    .severity = Severity::Error,
    .fix = "none: the certificates of its clients, and use_ssl",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "control_api_port": 9443,
  "security": {
    "control_api_use_mutual_tls": true   //~ tyk/locked-control-api
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
  "control_api_port": 9443,
  "security": {
    "control_api_use_mutual_tls": true,
    "certificates": { "control_api": ["/etc/tyk/operators.pem"] }
  },
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

}  // namespace tlsward::rules::tyk_locked_control_api
