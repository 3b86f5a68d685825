// tyk/skipped-ca-announcement: what skip_client_ca_announcement also does.
#include <algorithm>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_skipped_ca_announcement {
namespace {

namespace tyk = gateways::tyk;

/// True where the APIs are here and none of them has mutual TLS.
bool nobody_requires(const tyk::Model& model) {
  return !model.apis.empty() && std::all_of(model.apis.begin(), model.apis.end(),
                                            [](const tyk::Api& api) { return tyk::is_off(api.mutual_tls); });
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const bool without_effect_on_checks = nobody_requires(model);
  for (const tyk::Conf& conf : model.confs) {
    if (tyk::is_off(conf.use_ssl) || !tyk::can_skip_ca_announcement(conf.version)) continue;
    if (!tyk::is_on(conf.skip_client_ca_announcement)) continue;
    Finding& finding = out.add(
        conf.skip_client_ca_announcement.where,
        without_effect_on_checks
            ? "every client is then asked for a certificate, although no API here requires one"
            : "every client is then asked for a certificate; where an API requires one, it is verified without the "
              "intermediate certificates that come along, and clients of the control API need one too",
        "tyk.conf");
    if (!conf.use_ssl.known()) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/skipped-ca-announcement",
    .summary = "skip_client_ca_announcement has side effects",
    .why =
        "Besides leaving the names of the CAs out, the switch makes every handshake ask for a certificate, whatever "
        "API it is for, and moves the verification into a callback of Tyk: "
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
