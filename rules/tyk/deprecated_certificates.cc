// tyk/deprecated-certificates: server certificates in their old place.
#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_deprecated_certificates {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (!conf.legacy_pairs.empty())
      out.add(conf.legacy_key, "http_server_options.certificates is deprecated; ssl_certificates takes paths and ids",
              "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/deprecated-certificates",
    .summary = "http_server_options.certificates is deprecated",
    .why =
        "The list of pairs with domain_name is deprecated in favour of ssl_certificates, which takes files "
        "with certificate and key together, and ids of the certificate store that can be changed without a "
        "restart.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.certificates",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, config/config.go", "", "https://github.com/TykTechnologies/tyk/blob/master/config/config.go"}},
    .severity = Severity::Warning,
    .fix = "none: ssl_certificates",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "certificates": [   //~ tyk/deprecated-certificates
      { "domain_name": "*.example.com", "cert_file": "/etc/tyk/a.pem", "key_file": "/etc/tyk/a.key" }
    ]
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

}  // namespace tlsward::rules::tyk_deprecated_certificates
