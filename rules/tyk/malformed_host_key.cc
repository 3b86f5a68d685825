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

/// Without path, the blanks round it and the dot of the root.
std::string mended(std::string_view key) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = key.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  std::string host(key.substr(begin, key.find_last_not_of(kBlanks) + 1 - begin));
  host.erase(std::min(host.find_first_of("/?"), host.size()));
  while (host.ends_with('.')) host.pop_back();
  return host;
}

bool is_usable(std::string_view host) {
  return !host.empty() && !is_malformed(host) && tyk::has_sound_stars(host) && host.find(',') == std::string::npos;
}

/// A host with the dot of the root is looked up with it.
bool is_called_so(const tyk::Model& model, std::string_view key) {
  return std::any_of(model.apis.begin(), model.apis.end(), [&](const tyk::Api& api) {
    return std::any_of(api.targets.begin(), api.targets.end(),
                       [&](const tyk::Target& target) { return target.host.text == key || target.host.name == key; });
  });
}

void check_entry(const tyk::HostMap& map, const tyk::HostEntry& entry, std::string_view subject, lint::Reporter& out) {
  const std::string host = mended(entry.host);
  const bool usable = is_usable(host);
  Finding& finding = out.add(entry.key,
                             usable ? fmt::format("'{}' can never match a host; use '{}'", entry.host, host)
                                    : fmt::format("'{}' can never match a host", entry.host),
                             subject);
  if (!usable || tyk::is_claimed(map, entry, host)) return;
  // A pin that is found lets in who holds its key. A host may be called with the dot.
  const bool safe = !map.pins && !entry.host.ends_with('.');
  finding.fix =
      out.replace(entry.key, tyk::quoted_like(out.text(entry.key), host), fmt::format("use '{}'", host), safe);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_host_map(model, [&](const tyk::HostMap& map, std::string_view subject) {
    for (const tyk::HostEntry& entry : map.entries) {
      if (!entry.unresolved && is_malformed(entry.host) && !is_called_so(model, entry.host))
        check_entry(map, entry, subject, out);
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
