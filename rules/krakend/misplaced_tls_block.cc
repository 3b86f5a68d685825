// krakend/misplaced-tls-block: tls and client_tls where nobody reads them.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_misplaced_tls_block {
namespace {

namespace krakend = gateways::krakend;

constexpr std::string_view kPlaces =
    "tls stands at the root, client_tls at the root or, in the Enterprise Edition, in backend/http/client and "
    "backend/grpc of a backend's extra_config";

void check_object(const Node* object, const std::string& path, lint::Reporter& out) {
  if (object == nullptr || !object->is_map()) return;
  for (const std::string_view key : {"tls", "client_tls"}) {
    const Member* member = object->find_member(key);
    if (member == nullptr || member->key_unresolved) continue;
    const std::string place = gateways::join_path(path, key);
    out.add(member->key_where, fmt::format("'{}' is ignored; {}", place, kPlaces), place);
  }
}

void check_list(const Node* list, const std::string& path, lint::Reporter& out) {
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const Node& item = list->items[i];
    const std::string item_path = gateways::join_path(path, i);
    check_object(&item, item_path, out);
    check_object(item.find("extra_config"), gateways::join_path(item_path, "extra_config"), out);
    check_list(item.find("backend"), gateways::join_path(item_path, "backend"), out);
  }
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    const Node& root = *configuration.root;
    check_object(root.find("extra_config"), "extra_config", out);
    check_object(root.find("tls"), "tls", out);
    check_object(root.find("client_tls"), "client_tls", out);
    check_list(root.find("endpoints"), "endpoints", out);
    check_list(root.find("async_agent"), "async_agent", out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/misplaced-tls-block",
    .summary = "tls or client_tls stands where it is not read",
    .why =
        "KrakenD reads tls at the root, and client_tls at the root; the Enterprise Edition also reads "
        "client_tls in the HTTP and gRPC client of a backend. Anywhere else, below an endpoint or right below "
        "a backend, the object is ignored without a word, and what it was to protect is not.",
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
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_misplaced_tls_block
