// tyk/missing-server-certificate: a TLS listener without a certificate.
#include <algorithm>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_missing_server_certificate {
namespace {

namespace tyk = gateways::tyk;

bool has_none(const tyk::CertificateList& list) {
  return !tyk::names_any(list) && !list.open && list.state != tyk::State::Unresolved;
}

/// The certificates of an API with a disabled domain are not loaded.
bool may_bring_one(const tyk::Api& api) {
  return !api.domain_disabled && (!has_none(api.certificates) || api.open);
}

/// APIs that are not in the input may bring certificates along.
bool may_get_apis(const tyk::Conf& conf, const tyk::Model& model) {
  return model.apis.empty() || !tyk::is_off(conf.use_db_app_configs) || !tyk::is_off(conf.use_rpc);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const bool api_has_one = std::any_of(model.apis.begin(), model.apis.end(), may_bring_one);
  for (const tyk::Conf& conf : model.confs) {
    if (!has_none(conf.server_certificates) || conf.legacy_key.known() || api_has_one) continue;
    if (tyk::is_off(conf.use_ssl)) {
      if (const tyk::Api* api = tyk::api_with_tls_port(model))
        out.add(api->protocol.where,
                "the port speaks TLS and there is no server certificate here, so that every handshake fails",
                api->subject);
      continue;
    }
    if (!tyk::is_on(conf.use_ssl)) continue;
    if (may_get_apis(conf, model))
      out.add(Severity::Warning, conf.server_key,
              "use_ssl is on and there is no server certificate here: every handshake fails unless an API brings one",
              "tyk.conf");
    else
      out.add(conf.server_key, "use_ssl is on and there is no server certificate here, so that every handshake fails",
              "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/missing-server-certificate",
    .summary = "TLS is on and no server certificate is there",
    .why =
        "Tyk starts without a server certificate and then fails every handshake with \"tls: no certificates "
        "configured\". Certificates may also come with APIs; where those are not part of the input this is a "
        "warning.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.ssl_certificates",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, gateway/cert.go", "", "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: ssl_certificates",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {   //~ tyk/missing-server-certificate
    "use_ssl": true,
    "min_version": 771
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

}  // namespace tlsward::rules::tyk_missing_server_certificate
