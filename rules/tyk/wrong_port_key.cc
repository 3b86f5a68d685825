// tyk/wrong-port-key: a host key with another port than the target.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_wrong_port_key {
namespace {

namespace tyk = gateways::tyk;

bool is_same_host(std::string_view key, const tyk::UrlHost& host) {
  return key == host.name || (key.starts_with("*.") && key.substr(2) == tyk::after_first_dot(host.name));
}

/// The target that the entry seems to be meant for and misses; nullptr where there is none, or the entry serves another
/// target.
const tyk::Target* missed(const tyk::HostMapUse& use, const tyk::HostEntry& entry) {
  const auto key = tyk::host_of_url(entry.host);
  if (!key || key->port.empty()) return nullptr;
  const tyk::Target* result = nullptr;
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      if (!is_same_host(key->name, target.host)) continue;
      if (tyk::entry_for(*use.map, target.host, api->version) == &entry) return nullptr;
      if (result || target.host.port == key->port || tyk::is_cleartext(target)) continue;
      if (!tyk::upstream_entry(nullptr, *api, target.host, api->version) &&
          !tyk::entry_for(*use.map, target.host, api->version))
        result = &target;
    }
  }
  return result;
}

void check_entry(const tyk::HostMapUse& use, const tyk::HostEntry& entry, lint::Reporter& out) {
  const tyk::Target* target = missed(use, entry);
  if (!target) return;
  Finding& finding = out.add(entry.key,
                             fmt::format("'{}' never matches '{}': a port in the key must stand in the target too",
                                         entry.host, target->host.text),
                             use.subject);
  finding.related.push_back({target->where, "the target"});
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::HostMapUse& use : tyk::host_map_uses(model)) {
    if (use.map->pins || !tyk::knows_all_targets(use)) continue;
    for (const tyk::HostEntry& entry : use.map->entries) {
      if (!entry.unresolved) check_entry(use, entry, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/wrong-port-key",
    .summary = "the port of a host key is not that of the target",
    .why =
        "A key with a port is compared with host and port as they stand in the target. https://api.example "
        "has no port in it, so that api.example:443 does not match, although it is the same place.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk, getCertificateIDForHost in gateway/cert.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: the port as the target has it",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com:443": "/etc/tyk/upstream/orders.pem"   //~ tyk/wrong-port-key
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_wrong_port_key
