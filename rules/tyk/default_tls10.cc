// tyk/default-tls10: TLS 1.0 because nothing else is written.
#include <fmt/format.h>

#include "gateways/go.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_default_tls10 {
namespace {

namespace go = gateways::go;
namespace tyk = gateways::tyk;

bool has_no_minimum(const tyk::Conf& conf) {
  const tyk::Number& min = conf.server_versions.min;
  return min.absent() || (min.written() && min.value == 0);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if ((!tyk::is_on(conf.use_ssl) && !tyk::api_with_tls_port(model)) || !has_no_minimum(conf)) continue;
    if (tyk::resolves_version_range(conf.version)) continue;
    if (go::default_min_version(tyk::build_of(conf.version), tls::Role::Listener) != tls::kTls10) continue;
    Finding& finding = out.add(
        conf.server_key.known() ? conf.server_key : conf.head,
        fmt::format("no min_version, for which Tyk {} takes TLS 1.0; set 771 (TLS 1.2)", gateways::name(conf.version)),
        "tyk.conf");
    finding.label = "no min_version here";
    if (conf.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
    const tyk::Number& min = conf.server_versions.min;
    finding.fix = min.written() ? out.replace(min.where, "771", "set min_version to 771", false)
                                : out.insert(conf.server_object, "min_version", "771", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/default-tls10",
    .summary = "without min_version the release accepts TLS 1.0",
    .why =
        "The default is that of Go, which is TLS 1.2 since Go 1.22; but many releases of Tyk are built with "
        "an older Go, or with the switch tls10server=1 that brings TLS 1.0 back: all before 5.3.6, 5.4, 5.5, "
        "5.3.11 and later of 5.3, 5.8.3 to 5.8.13, and 5.9 to 5.12.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.min_version",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Go 1.22 release notes", "crypto/tls", "https://go.dev/doc/go1.22#crypto/tls"},
              {"RFC 8996", "4", "https://www.rfc-editor.org/rfc/rfc8996#section-4"}},
    .severity = Severity::Warning,
    .fix = "unsafe: min_version 771; clients of TLS 1.0 and 1.1 are then refused",
    .replaces = {"tls/obsolete-version"},
    .bad = {.gateway = "tyk@5.8.8", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {   //~ tyk/default-tls10
    "use_ssl": true,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.8.8", .text = R"({
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

}  // namespace tlsward::rules::tyk_default_tls10
