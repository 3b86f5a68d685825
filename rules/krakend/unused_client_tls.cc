// krakend/unused-client-tls: settings for upstreams over TLS where there are none.
#include <algorithm>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unused_client_tls {
namespace {

namespace krakend = gateways::krakend;

/// Some components beside the backends, such as auth/client-credentials, call with the same transport.
bool names_https_url(const Node& extra) {
  bool found = false;
  walk(extra, [&](const Node& node) {
    found = found || node.open || node.unresolved || (node.is_text() && node.scalar.starts_with("https://"));
  });
  return found;
}

bool may_call_https(const krakend::Configuration& configuration) {
  if (!krakend::knows_backends(configuration) || krakend::calls_https(configuration)) return true;
  const Node& root = *configuration.root;
  return std::any_of(root.members.begin(), root.members.end(), [](const Member& member) {
    const bool is_call = member.key == "endpoints" || member.key == "async_agent" || member.key == "extra_config";
    return is_call && names_https_url(member.value);
  });
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const krakend::ClientTls* client = krakend::root_client_tls(configuration);
    if (client == nullptr || may_call_https(configuration)) continue;
    out.add(client->key, "no backend uses https://, so that client_tls has no effect", "client_tls");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unused-client-tls",
    .summary = "client_tls is there and no backend is called over TLS",
    .why =
        "client_tls holds for backends that are called with https://. Where every host is http:// it does "
        "nothing; mostly the scheme of a host is missing, and its calls go out in the clear.",
    .cites = {{"KrakenD 2.6, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: https:// for the hosts that are meant, or no client_tls",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "client_tls": { "min_version": "TLS12" },   //~ krakend/unused-client-tls
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["http://orders.internal.example:8080"]
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
  "client_tls": { "min_version": "TLS12" },
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["https://orders.internal.example"]
        }
      ]
    }
  ]
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_unused_client_tls
