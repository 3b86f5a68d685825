// tyk/h2-only-alpn: a listener that announces h2 and nothing else.
#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_h2_only_alpn {
namespace {

namespace tyk = gateways::tyk;

/// Go 1.17 closes connections without a common protocol: https://go.dev/doc/go1.17#crypto/tls (read 2026-11-28).
constexpr gateways::ProductVersion kEnforcesOverlap{1, 17};

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    const bool serves_tls = tyk::is_on(conf.use_ssl) || tyk::api_with_tls_port(model);
    if (!serves_tls || !tyk::is_on(conf.enable_http2)) continue;
    const bool is_strict = tyk::build_of(conf.version).version >= kEnforcesOverlap;
    out.add(conf.enable_http2.where,
            is_strict ? "the listener announces h2 alone; a client whose ALPN holds neither h2 nor http/1.1 is refused"
                      : "the listener announces h2 alone; a client whose ALPN lacks it gets no answer to its ALPN",
            "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/h2-only-alpn",
    .summary = "the listener announces h2 alone by ALPN",
    .why =
        "With enable_http2 Tyk sets its ALPN list to h2 without http/1.1. Go lets a client that offers "
        "http/1.1 alone pass all the same, and answers it in HTTP/1.1; other libraries and load balancers "
        "that look for a common protocol may not.",
    .cites = {{"RFC 7301", "3.2", "https://www.rfc-editor.org/rfc/rfc7301#section-3.2"},
              {"Tyk, gateway/proxy_muxer.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/proxy_muxer.go"}},
    .severity = Severity::Info,
    .fix = "none",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "enable_http2": true,   //~ tyk/h2-only-alpn
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

}  // namespace tlsward::rules::tyk_h2_only_alpn
