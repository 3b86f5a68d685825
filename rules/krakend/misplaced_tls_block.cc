// krakend/misplaced-tls-block: tls and client_tls where nobody reads them.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::krakend_misplaced_tls_block {
namespace {

using gateways::KnownObject;

constexpr std::string_view kKeys[] = {"tls", "client_tls"};
constexpr std::string_view kPlaces =
    "tls stands at the root, client_tls at the root or, in the Enterprise Edition, in backend/http/client and "
    "backend/grpc of a backend's extra_config and in clusters of Kafka; connections of Redis have tls too";

/// What only a backend's extra_config may hold.
constexpr std::string_view kClients[] = {"backend/http/client", "backend/grpc"};
constexpr std::string_view kOtherExtras[] = {"extra_config of the service", "extra_config of an endpoint",
                                             "extra_config of an async agent"};

void report(const Node& object, const std::string& path, std::string_view key, lint::Reporter& out) {
  const Member* member = object.find_member(key);
  if (member == nullptr || member->key_unresolved || member->value.is_null()) return;
  const std::string place = gateways::join_path(path, key);
  out.add(member->key_where, fmt::format("'{}' is ignored; {}", place, kPlaces), place);
}

void check_clients(const KnownObject& extra, lint::Reporter& out) {
  const auto& name = extra.type->name;
  if (std::find(std::begin(kOtherExtras), std::end(kOtherExtras), name) == std::end(kOtherExtras)) return;
  for (const std::string_view client : kClients) {
    const Node* object = extra.node->find(client);
    if (object != nullptr) report(*object, gateways::join_path(extra.path, client), "client_tls", out);
  }
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  if (set.gateway == nullptr || set.gateway->id != "krakend") return;
  for (const KnownObject& object : set.reading.objects) {
    for (const std::string_view key : kKeys) {
      if (gateways::find_key(*object.type, key) == nullptr) report(*object.node, object.path, key, out);
    }
    check_clients(object, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/misplaced-tls-block",
    .summary = "tls or client_tls stands where it is not read",
    .why =
        "KrakenD reads tls at the root, and client_tls at the root; the Enterprise Edition also reads "
        "client_tls in the HTTP and gRPC client of a backend, and tls of Redis and client_tls of Kafka "
        "connections. Anywhere else, below an endpoint or right below a backend, the object is ignored without a word, "
        "and what it was to protect is not.",
    .cites = {{"KrakenD 2.6, TLS settings", "tls, client_tls",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"KrakenD Enterprise, TLS client settings by backend", "",
               "https://www.krakend.io/docs/enterprise/backends/http-client/"}},
    .severity = Severity::Error,
    .fix = "none: move it to where it is read",
    .replaces = {"config/unknown-field"},
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
          "host": ["https://orders.internal.example"],
          "client_tls": { "min_version": "TLS12" }   //~ krakend/misplaced-tls-block
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
    .check = check,
};

}  // namespace tlsward::rules::krakend_misplaced_tls_block
