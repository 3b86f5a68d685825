// tyk/skipped-ca-announcement: what skip_client_ca_announcement also does.
#include <algorithm>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_skipped_ca_announcement {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  const bool nobody_asks =
      !model.apis.empty() && std::none_of(model.apis.begin(), model.apis.end(),
                                          [](const tyk::Api& api) { return !tyk::is_off(api.mutual_tls); });
  if (nobody_asks) return;
  for (const tyk::Conf& conf : model.confs) {
    if (!tyk::is_on(conf.skip_client_ca_announcement) || !tyk::can_skip_ca_announcement(conf.version)) continue;
    out.add(conf.skip_client_ca_announcement.where,
            "clients are then verified without the intermediate certificates that they send, and where an API requires "
            "a certificate the clients of the control API need one too",
            "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/skipped-ca-announcement",
    .summary = "skip_client_ca_announcement has side effects",
    .why =
        "Besides leaving the names of the CAs out, the switch moves the verification into a callback of Tyk: "
        "a missing certificate still ends the handshake, but chains through intermediates fail because those "
        "are not looked at, and the exception for a control API on the same port no longer holds.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.skip_client_ca_announcement",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Info,
    .fix = "none: put the intermediates on the allow-list, or leave it off",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "skip_client_ca_announcement": true,   //~ tyk/skipped-ca-announcement
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

}  // namespace tlsward::rules::tyk_skipped_ca_announcement
