// tyk/unmatched-host-key: an entry that no target of the API uses.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unmatched_host_key {
namespace {

namespace tyk = gateways::tyk;

bool matches(const tyk::HostMap& map, const tyk::HostEntry& entry, const tyk::Api& api, const tyk::UrlHost& host) {
  const std::array<std::string_view, 1> key = {entry.host};
  return map.pins ? tyk::find_pin_key(key, host).has_value()
                  : tyk::find_upstream_key(key, host, api.version).has_value();
}

std::string targets_of(const tyk::Api& api) {
  std::vector<std::string> hosts;
  for (const tyk::Target& target : api.targets) hosts.push_back(target.host.text);
  return fmt::format("{}", fmt::join(hosts, ", "));
}

void check_map(const tyk::Api& api, const tyk::HostMap& map, lint::Reporter& out) {
  if (!map.is_on()) return;
  for (const tyk::HostEntry& entry : map.entries) {
    if (entry.unresolved || entry.host == "*") continue;
    const bool used = std::any_of(api.targets.begin(), api.targets.end(),
                                  [&](const tyk::Target& target) { return matches(map, entry, api, target.host); });
    if (!used)
      out.add(entry.key, fmt::format("'{}' is never used by this API, which calls {}", entry.host, targets_of(api)),
              api.subject);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    const bool known = !api.open && !api.hosts_at_run_time && !api.targets.empty() &&
                       std::none_of(api.targets.begin(), api.targets.end(),
                                    [](const tyk::Target& target) { return target.unresolved; });
    if (!known) continue;
    check_map(api, api.upstream_certificates, out);
    check_map(api, api.pinned_public_keys, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unmatched-host-key",
    .summary = "a host key matches no target of its API",
    .why =
        "An entry of an API's map is looked up by the host of its targets. One that fits none of them is "
        "never used: the certificate is not shown, the pin not checked; mostly the host was changed in one of "
        "the two places.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk, certificate pinning", "", "https://tyk.io/docs/security/certificate-pinning/"}},
    .severity = Severity::Warning,
    .fix = "none: the host of the target",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "bills.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/unmatched-host-key
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

}  // namespace tlsward::rules::tyk_unmatched_host_key
