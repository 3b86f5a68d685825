// tyk/deep-wildcard-key: a wildcard that would have to reach over more than one level of the host name.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_deep_wildcard_key {
namespace {

namespace tyk = gateways::tyk;

/// "*.example.com:8443" apart. Empty name where the key is no wildcard of the form that Tyk knows.
tyk::UrlHost wildcard(const tyk::HostEntry& entry) {
  if (entry.unresolved || entry.host.substr(0, 2) != "*." || entry.host.find('*', 1) != std::string::npos) return {};
  return tyk::host_of_url(entry.host.substr(2)).value_or(tyk::UrlHost{});
}

/// True where the host has more than one label in front of the suffix.
bool lies_deeper(const tyk::UrlHost& host, const tyk::UrlHost& suffix) {
  if (!suffix.port.empty() && suffix.port != host.port) return false;
  const std::string ending = "." + suffix.name;
  if (host.name.size() <= ending.size() || !host.name.ends_with(ending)) return false;
  return host.name.find('.') < host.name.size() - ending.size();
}

std::string reaching(const tyk::UrlHost& host, bool pins) {
  std::string key = "*." + std::string(tyk::after_first_dot(host.name));
  if (!pins && !host.port.empty()) key += ":" + host.port;
  return key;
}

/// The entry of any map that decides for `host`, or nullptr.
const tyk::HostEntry* used_entry(const tyk::HostMapUse& use, const tyk::Conf* conf, const tyk::Api& api,
                                 const tyk::UrlHost& host) {
  return use.map->pins ? tyk::pin_entry(conf, api, host) : tyk::upstream_entry(conf, api, host, api.version);
}

/// The first host that the wildcard seems to be meant for and that has no other entry, or nullptr.
const tyk::UrlHost* missed_host(const tyk::HostMapUse& use, const tyk::Conf* conf, const tyk::UrlHost& suffix) {
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      if (target.unresolved || tyk::is_cleartext(target) || !lies_deeper(target.host, suffix)) continue;
      if (!used_entry(use, conf, *api, target.host)) return &target.host;
    }
  }
  return nullptr;
}

/// True where no target needs the entry as it is, all it misses are reached by `fixed`, and no other is.
bool can_become(const tyk::HostMapUse& use, const tyk::Conf* conf, const tyk::HostEntry& entry,
                const tyk::UrlHost& suffix, const std::string& fixed) {
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      const tyk::HostEntry* used = used_entry(use, conf, *api, target.host);
      const bool is_reached = reaching(target.host, use.map->pins) == fixed;
      if (used == &entry || (used && is_reached)) return false;
      if (!used && !is_reached && lies_deeper(target.host, suffix)) return false;
    }
  }
  return true;
}

void check_entry(const tyk::HostMapUse& use, const tyk::Conf* conf, const tyk::HostEntry& entry, lint::Reporter& out) {
  const tyk::UrlHost suffix = wildcard(entry);
  if (suffix.name.empty()) return;
  const tyk::UrlHost* missed = missed_host(use, conf, suffix);
  if (!missed) return;
  const std::string fixed = reaching(*missed, use.map->pins);
  Finding& finding = out.add(
      entry.key,
      fmt::format("'{}' does not reach '{}': wildcards go one level deep; use '{}'", entry.host, missed->name, fixed),
      use.subject);
  const bool shared = std::any_of(use.map->entries.begin(), use.map->entries.end(), [&](const tyk::HostEntry& other) {
    const tyk::UrlHost others = &other == &entry ? tyk::UrlHost{} : wildcard(other);
    return !others.name.empty() && lies_deeper(*missed, others);
  });
  if (shared || tyk::is_claimed(*use.map, entry, fixed)) return;
  const bool safe = use.is_api && tyk::knows_all_targets(use) && can_become(use, conf, entry, suffix, fixed);
  finding.fix =
      out.replace(entry.key, tyk::quoted_like(out.text(entry.key), fixed), fmt::format("use '{}'", fixed), safe);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::HostMapUse& use : tyk::host_map_uses(model)) {
    for (const tyk::HostEntry& entry : use.map->entries) check_entry(use, tyk::conf_of(model), entry, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/deep-wildcard-key",
    .summary = "a wildcard host key would have to span more than one label",
    .why =
        "Tyk replaces the first label of the host by * and looks that text up, nothing else. A shorter wildcard is "
        "never found: the upstream gets no client certificate, or its key is not compared with any pin.",
    .cites = {{"Tyk, upstream mTLS", "Wildcards",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Error,
    .fix = "safe where the key serves no other target of the API: name all labels but the first; else unsafe",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/deep-wildcard-key
  },
  "proxy": { "target_url": "https://api.production.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*.production.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://api.production.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_deep_wildcard_key
