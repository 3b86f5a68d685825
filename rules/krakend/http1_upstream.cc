// krakend/http1-upstream: upstreams over TLS are called with HTTP/1.1.
#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_http1_upstream {
namespace {

namespace krakend = gateways::krakend;

const krakend::Host* first_https(const krakend::Configuration& configuration) {
  for (const krakend::Backend& backend : configuration.backends) {
    if (!backend.speaks_http) continue;
    for (const krakend::Host& host : krakend::hosts_of(configuration, backend)) {
      if (host.scheme == krakend::Scheme::Https) return &host;
    }
  }
  return nullptr;
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const krakend::Host* host = first_https(configuration);
    if (host == nullptr) continue;
    out.add(
        host->where,
        "KrakenD offers no ALPN to upstreams, so that they are called with HTTP/1.1; one that speaks h2 alone refuses",
        "client_tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/http1-upstream",
    .summary = "upstreams over TLS are called with HTTP/1.1 only",
    .why =
        "KrakenD's HTTP transport dials by itself and so switches Go's HTTP/2 off: the ClientHello carries no "
        "ALPN. Upstreams that speak HTTP/1.1 are fine, those that demand h2 end the handshake or the "
        "connection. Told once for a file.",
    .cites = {{"Go, net/http", "Transport.ForceAttemptHTTP2", "https://pkg.go.dev/net/http#Transport"},
              {"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: an upstream with HTTP/1.1",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["https://orders.internal.example"]   //~ krakend/http1-upstream
        }
      ]
    }
  ]
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["http://127.0.0.1:9000"]
        }
      ]
    }
  ]
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_http1_upstream
