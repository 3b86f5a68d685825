// krakend/tls12-accepted: a listener that was opened to TLS 1.2.
#include "lint/rule.h"

namespace tlsward::rules::krakend_tls12_accepted {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || context.role != tls::Role::Listener || !context.enabled) return;
  const auto& min = context.min_version;
  if (!min.written() || min.value != tls::kTls12 || !context.versions.known()) return;
  if (!tls::enables(context, tls::kTls12)) return;
  out.add(context, min.where, "TLS 1.2 is accepted; TLS 1.3, the default, is recommended unless clients need 1.2");
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/tls12-accepted",
    .summary = "the listener accepts TLS 1.2",
    .why =
        "KrakenD accepts TLS 1.3 alone unless it is told otherwise, and advises to keep it so. TLS 1.2 is sound with "
        "its default suites; every client that still needs it is one to know by name.",
    .cites = {{"KrakenD 2.6, TLS settings", "supporting TLS 1.2 and below",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12"   //~ krakend/tls12-accepted
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_tls12_accepted
