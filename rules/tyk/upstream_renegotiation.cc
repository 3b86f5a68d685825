// tyk/upstream-renegotiation: upstreams may start a new handshake.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_upstream_renegotiation {
namespace {

namespace tyk = gateways::tyk;

void check(const tyk::Model& model, lint::Reporter& out) {
  if (model.apis.empty()) return;
  for (const tyk::Conf& conf : model.confs) {
    const tyk::Flag& off = conf.disable_renegotiation;
    if (!tyk::is_off(off)) continue;
    out.add(off.written() ? off.where : conf.head,
            "upstreams may renegotiate; proxy_ssl_disable_renegotiation: true refuses it", "tyk.conf");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/upstream-renegotiation",
    .summary = "upstreams may renegotiate",
    .why =
        "Unless proxy_ssl_disable_renegotiation is true, Tyk lets an upstream of TLS 1.2 start new handshakes "
        "on a connection as often as it likes. Some servers that ask for client certificates late need that; "
        "nobody else does.",
    .cites = {{"Tyk Gateway configuration", "proxy_ssl_disable_renegotiation",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"RFC 5746", "", "https://www.rfc-editor.org/rfc/rfc5746"}},
    .severity = Severity::Info,
    .fix = "none: set it to true where no upstream needs it",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "proxy_ssl_disable_renegotiation": false,   //~ tyk/upstream-renegotiation
  "http_server_options": { "use_ssl": true, "ssl_certificates": ["/etc/tyk/gateway.pem"] }
}
)",
            .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
})"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "proxy_ssl_disable_renegotiation": true,
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)",
             .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
})"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_upstream_renegotiation
