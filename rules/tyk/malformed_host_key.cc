// tyk/malformed-host-key: a host key with what no host has.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_malformed_host_key {
namespace {

namespace tyk = gateways::tyk;

/// Protocols are tyk/protocol-in-host-key's.
bool is_malformed(std::string_view key) {
  if (key.find("://") != std::string_view::npos) return false;
  return key.empty() || key.find_first_of("/? \t\r\n") != std::string_view::npos || key.ends_with('.');
}

/// Without path, blanks and the dot of the root.
std::string mended(std::string_view key) {
  std::string host = tyk::without_protocol(key);
  host.erase(std::min(host.find('?'), host.size()));
  while (host.ends_with('.')) host.pop_back();
  return host;
}

void check_entry(const tyk::HostMap& map, const tyk::HostEntry& entry, std::string_view subject, lint::Reporter& out) {
  if (!is_malformed(entry.host)) return;
  const std::string host = mended(entry.host);
  const bool usable = !host.empty() && !is_malformed(host);
  Finding& finding = out.add(entry.key,
                             usable ? fmt::format("'{}' can never match a host; use '{}'", entry.host, host)
                                    : fmt::format("'{}' can never match a host", entry.host),
                             subject);
  const bool taken = std::any_of(map.entries.begin(), map.entries.end(),
                                 [&](const tyk::HostEntry& other) { return other.host == host; });
  if (usable && !taken)
    finding.fix =
        out.replace(entry.key, tyk::quoted_like(out.text(entry.key), host), fmt::format("use '{}'", host), true);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_host_map(model, [&](const tyk::HostMap& map, std::string_view subject) {
    for (const tyk::HostEntry& entry : map.entries) {
      if (!entry.unresolved) check_entry(map, entry, subject, out);
    }
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/malformed-host-key",
    .summary = "a host key holds a path, a blank or a trailing dot",
    .why =
        "Keys are compared with the host of the target, byte by byte. A slash, a question mark, a blank or a "
        "dot at the end is in no host, so that the entry is never used.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk OAS schema", "X-Tyk-DomainDef",
               "https://github.com/TykTechnologies/tyk/blob/master/apidef/oas/schema/x-tyk-api-gateway.json"}},
    .severity = Severity::Error,
    .fix = "safe: the host alone",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com/": "/etc/tyk/upstream/orders.pem"   //~ tyk/malformed-host-key
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

}  // namespace tlsward::rules::tyk_malformed_host_key
