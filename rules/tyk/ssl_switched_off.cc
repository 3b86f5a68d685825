// tyk/ssl-switched-off: TLS settings of a listener that speaks plain HTTP.
#include <algorithm>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_ssl_switched_off {
namespace {

namespace tyk = gateways::tyk;

bool has_certificates(const tyk::Conf& conf) {
  return !conf.server_certificates.entries.empty() || !conf.legacy_pairs.empty();
}

/// Zero is what the gateway takes for absent.
bool is_set(const tyk::Number& version) {
  return version.written() && version.value != 0;
}

bool has_settings(const tyk::Conf& conf) {
  return is_set(conf.server_versions.min) || is_set(conf.server_versions.max) || !conf.server_ciphers.names.empty();
}

/// True where an API may have a port with TLS, for which the settings are then.
bool may_have_tls_port(const tyk::Model& model) {
  return std::any_of(model.apis.begin(), model.apis.end(), [](const tyk::Api& api) { return !api.protocol.known(); });
}

void check(const tyk::Model& model, lint::Reporter& out) {
  if (tyk::api_with_tls_port(model)) return;
  for (const tyk::Conf& conf : model.confs) {
    const tyk::Flag& on = conf.use_ssl;
    if (!tyk::is_off(on) || (!has_certificates(conf) && !has_settings(conf))) continue;
    const bool forgotten = on.absent() && has_certificates(conf);
    Finding& finding = out.add(
        forgotten ? Severity::Error : Severity::Warning, on.written() ? on.where : conf.server_key,
        "use_ssl is not on, so that the gateway listens with plain HTTP in spite of its TLS settings", "tyk.conf");
    if (may_have_tls_port(model)) lint::Reporter::lower(finding, Confidence::Low);
    if (on.absent()) finding.label = "no use_ssl here";
    finding.fix = on.written() ? out.replace(on.where, "true", "switch TLS on", false)
                               : out.insert(conf.server_object, "use_ssl", "true", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/ssl-switched-off",
    .summary = "TLS settings are there and use_ssl is not on",
    .why =
        "use_ssl decides whether the listener of the gateway speaks TLS. Certificates, versions and suites "
        "beside it do nothing as long as it is off or absent, unless TYK_GW_HTTPSERVEROPTIONS_USESSL switches "
        "it on.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.use_ssl",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "unsafe: use_ssl: true; clients then have to use TLS",
    .replaces = {"tls/cleartext-endpoint"},
    .replaces_in_context = {"tls/cleartext-endpoint"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {   //~ tyk/ssl-switched-off
    "min_version": 771,
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

}  // namespace tlsward::rules::tyk_ssl_switched_off
