// tyk/portless-host-key: a host key without the port that the requests go to.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_portless_host_key {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kComparesPorts{5, 8, 0};
constexpr gateways::ProductVersion kIgnoresMissingPort{5, 11, 0};
// Released two weeks after the change was made; its release notes do not name it, those of 5.8.9 do.
constexpr gateways::ProductVersion kInDoubt{5, 8, 8};

/// True where the entry decides for the host only if its missing port is overlooked.
bool needs_port(const tyk::HostMap& map, const tyk::HostEntry& entry, const tyk::UrlHost& host) {
  if (host.port.empty()) return false;
  // Cheap, and false for nearly every pair of key and host.
  if (entry.host != host.name && entry.host != "*." + std::string(tyk::after_first_dot(host.name))) return false;
  if (tyk::entry_for(map, host, kIgnoresMissingPort) != &entry) return false;
  const tyk::HostEntry* with_ports = tyk::entry_for(map, host, kComparesPorts);
  return with_ports != &entry && !(with_ports && tyk::same_certificate(entry, *with_ports));
}

/// The host of a request that needs the port, or nullptr.
const tyk::UrlHost* missed_host(const tyk::HostMapUse& use, const tyk::HostEntry& entry) {
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      if (target.unresolved || tyk::is_cleartext(target)) continue;
      if (needs_port(*use.map, entry, target.host)) return &target.host;
    }
  }
  return nullptr;
}

/// True where nothing but requests to `port` uses the entry, or would.
bool serves_only(const tyk::HostMapUse& use, const tyk::HostEntry& entry, std::string_view port) {
  if (!tyk::knows_all_targets(use)) return false;
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      const bool used =
          needs_port(*use.map, entry, target.host) || tyk::entry_for(*use.map, target.host, use.version) == &entry;
      if (used && target.host.port != port) return false;
    }
  }
  return true;
}

std::string message(const tyk::HostMapUse& use, const tyk::HostEntry& entry, const tyk::UrlHost& host,
                    const std::string& fixed) {
  if (tyk::ignores_missing_port(use.version)) {
    return fmt::format("requests go to '{}'; '{}' matches since Tyk 5.8.9 and 5.11.0, earlier versions need '{}'",
                       host.text, entry.host, fixed);
  }
  return fmt::format("requests go to '{}', which '{}' does not match in Tyk {}; the key must be '{}'", host.text,
                     entry.host, name(use.version), fixed);
}

void check_entry(const tyk::HostMapUse& use, const tyk::HostEntry& entry, lint::Reporter& out) {
  const tyk::UrlHost* missed = missed_host(use, entry);
  if (!missed) return;
  const std::string fixed = entry.host + ":" + missed->port;
  const Severity severity = tyk::ignores_missing_port(use.version) ? Severity::Info : Severity::Error;
  Finding& finding = out.add(severity, entry.key, message(use, entry, *missed, fixed), use.subject);
  if (use.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  if (use.version == kInDoubt) {
    lint::Reporter::lower(finding, Confidence::Medium);
    finding.notes.push_back("5.8.9 surely finds the key without port; of 5.8.8 its release notes do not tell");
  }
  // Elsewhere the key without port is needed as it is.
  if (!serves_only(use, entry, missed->port) || tyk::is_claimed(*use.map, entry, fixed)) return;
  finding.fix =
      out.replace(entry.key, tyk::quoted_like(out.text(entry.key), fixed), fmt::format("use '{}'", fixed), use.is_api);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::HostMapUse& use : tyk::host_map_uses(model)) {
    if (use.map->pins) continue;
    for (const tyk::HostEntry& entry : use.map->entries) check_entry(use, entry, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/portless-host-key",
    .summary = "a host key lacks the port of the upstream",
    .why =
        "Up to 5.10 (5.8.8 in the 5.8 line) Tyk compares the key with host and port as the target URL has them, so a "
        "key without port is not found where the URL names one, even :443. The upstream then gets no client "
        "certificate, or the one of a more general key.",
    .cites = {{"Tyk, getCertificateIDForHost in gateway/cert.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"},
              {"Tyk, pull request 7505", "Port Handling", "https://github.com/TykTechnologies/tyk/pull/7505"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "safe where no other target uses the key: add the port; else unsafe or none",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.3", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/portless-host-key
  },
  "proxy": { "target_url": "https://orders.internal.example.com:8443" }
}
)"},
    .good = {.gateway = "tyk@5.3", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com:8443": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://orders.internal.example.com:8443" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_portless_host_key
