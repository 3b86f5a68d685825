// tyk/protocol-in-host-key: a URL where Tyk compares host names.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_protocol_in_host_key {
namespace {

namespace tyk = gateways::tyk;

/// The key as Tyk would find it; empty where nothing is left. Pins are looked up without port.
std::string without_protocol(const tyk::HostEntry& entry, bool pins) {
  std::string key = tyk::without_protocol(entry.host);
  if (!pins) return key;
  const std::optional<tyk::UrlHost> host = tyk::host_of_url(key);
  return host ? host->name : std::string();
}

void check_map(const tyk::HostMap& map, std::string_view subject, lint::Reporter& out) {
  for (const tyk::HostEntry& entry : map.entries) {
    if (entry.unresolved || entry.host.find("://") == std::string::npos) continue;
    const std::string fixed = without_protocol(entry, map.pins);
    const bool usable = !fixed.empty() && tyk::has_sound_stars(fixed);
    Finding& finding = out.add(
        entry.key,
        usable ? fmt::format("'{}' never matches: a key is a host without protocol; use '{}'", entry.host, fixed)
               : fmt::format("'{}' never matches: a key is a host without protocol", entry.host),
        subject);
    if (!usable || tyk::is_claimed(map, entry, fixed)) continue;
    // A pin that is found lets in who holds its key.
    finding.fix =
        out.replace(entry.key, tyk::quoted_like(out.text(entry.key), fixed), fmt::format("use '{}'", fixed), !map.pins);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_host_map(model,
                         [&](const tyk::HostMap& map, std::string_view subject) { check_map(map, subject, out); });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/protocol-in-host-key",
    .summary = "a host key holds a protocol",
    .why =
        "Tyk looks up the host of the target, with its port at most. A key that begins with https:// is never found: "
        "the upstream gets no client certificate, and a pin written like that protects nothing, although it still "
        "switches the usual verification off.",
    .cites = {{"Tyk, upstream mTLS", "Domain",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Error,
    .fix = "safe: remove the protocol and the path",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "https://orders.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/protocol-in-host-key
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_protocol_in_host_key
