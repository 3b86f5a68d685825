// tyk/upstream-renegotiation: upstreams may start a new handshake.
#include <fmt/format.h>

#include <algorithm>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_upstream_renegotiation {
namespace {

namespace tyk = gateways::tyk;

/// TLS 1.3 has no renegotiation (RFC 8446, 4.1.2).
bool may_renegotiate(const tyk::Conf& conf, const tyk::Api& api) {
  constexpr long kTls13 = 772;
  const tyk::Number& own = api.versions.min;
  const bool takes_common = own.absent() || (own.written() && own.value == 0);
  const tyk::Number& min = takes_common ? conf.proxy_versions.min : own;
  const bool may_be_tls13_only = !min.known() || min.value >= kTls13;
  return !may_be_tls13_only && !tyk::calls_cleartext_only(api);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    const tyk::Flag& off = conf.disable_renegotiation;
    const bool matters = std::any_of(model.apis.begin(), model.apis.end(),
                                     [&](const tyk::Api& api) { return may_renegotiate(conf, api); });
    if (!tyk::is_off(off) || !matters) continue;
    Finding& finding =
        out.add(off.written() ? off.where : conf.head,
                "upstreams may renegotiate; proxy_ssl_disable_renegotiation: true refuses it", "tyk.conf");
    if (off.written()) {
      finding.fix = out.replace(off.where, "true", "refuse renegotiation", false);
    } else {
      finding.fix = out.insert(conf.object, "proxy_ssl_disable_renegotiation", "true", false);
    }
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
    .fix = "unsafe: true; an upstream that asks for client certificates late is then not reached",
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
