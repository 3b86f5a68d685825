// tyk/sample-secret: a secret that everybody can read.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_sample_secret {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    for (const Span where : conf.sample_secrets)
      out.add(where,
              "this secret is the one of the published sample; choose one of your own, unless TYK_GW_SECRET and its "
              "like replace it",
              "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/sample-secret",
    .summary = "a secret is that of the published sample",
    .why =
        "The sample configuration is public, and its secret with it: whoever reaches the control API can add "
        "APIs, keys and certificates with it. As private_certificate_encoding_secret it leaves stored private "
        "keys open to everybody who gets at the store.",
    .cites = {{"Tyk Gateway configuration", "secret, security.private_certificate_encoding_secret",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, tyk.conf.example", "", "https://github.com/TykTechnologies/tyk/blob/master/tyk.conf.example"}},
    .severity = Severity::Warning,
    .fix = "none: a random value",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "352d20ee67be67f6340b4c0605b044b7",   //~ tyk/sample-secret
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

}  // namespace tlsward::rules::tyk_sample_secret
