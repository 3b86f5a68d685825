// tyk/wrong-port-key: a host key with another port than the target.
#include <array>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_wrong_port_key {
namespace {

namespace tyk = gateways::tyk;

bool is_same_host(std::string_view key, const tyk::UrlHost& host) {
  return key == host.name || (key.starts_with("*.") && key.substr(2) == tyk::after_first_dot(host.name));
}

/// The target that the entry seems to be meant for, or nullptr.
const tyk::Target* missed(const tyk::Api& api, const tyk::HostEntry& entry) {
  const auto key = tyk::host_of_url(entry.host);
  if (!key || key->port.empty()) return nullptr;
  for (const tyk::Target& target : api.targets) {
    if (target.unresolved || !is_same_host(key->name, target.host) || target.host.port == key->port) continue;
    if (!tyk::entry_for(api.upstream_certificates, target.host, api.version)) return &target;
  }
  return nullptr;
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (api.upstream_certificates.switched_off) continue;
    for (const tyk::HostEntry& entry : api.upstream_certificates.entries) {
      const tyk::Target* target = entry.unresolved ? nullptr : missed(api, entry);
      if (!target) continue;
      Finding& finding = out.add(entry.key,
                                 fmt::format("'{}' never matches '{}': a port in the key must stand in the target too",
                                             entry.host, target->host.text),
                                 api.subject);
      finding.related.push_back({target->where, "the target"});
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
