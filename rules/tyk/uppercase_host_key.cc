// tyk/uppercase-host-key: a host key that differs from the host by its case alone.
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_uppercase_host_key {
namespace {

namespace tyk = gateways::tyk;

bool is_spelled(const tyk::HostEntry& entry, const tyk::UrlHost& host) {
  return entry.host == host.text || entry.host == host.name;
}

/// The key that would decide for `host`, where this one is the same but for its case; empty where it is not.
std::string meant(const tyk::HostMapUse& use, const tyk::HostEntry& entry, const tyk::UrlHost& host) {
  // Cheap, and true for nearly every pair of key and host.
  if (entry.host.size() != host.text.size() && entry.host.size() != host.name.size()) return {};
  const std::string key = tyk::lower_case(entry.host);
  if (key != tyk::lower_case(host.text) && key != tyk::lower_case(host.name)) return {};
  // Pins are looked up without the port. Old releases compare other keys with the port, whether the key has one or not.
  if (use.map->pins) return host.name;
  if (!tyk::ignores_missing_port(use.version)) return host.text;
  return key == tyk::lower_case(host.text) ? host.text : host.name;
}

struct Miss {
  const tyk::Target* target = nullptr;
  std::string meant;
};

/// The target that the key is meant for; none where another target is spelled like it.
Miss missed(const tyk::HostMapUse& use, const tyk::HostEntry& entry) {
  Miss miss;
  for (const tyk::Api* api : use.apis) {
    for (const tyk::Target& target : api->targets) {
      if (target.unresolved || tyk::is_cleartext(target)) continue;
      if (is_spelled(entry, target.host)) return {};
      if (miss.target) continue;
      std::string key = meant(use, entry, target.host);
      if (!key.empty()) miss = {&target, std::move(key)};
    }
  }
  return miss;
}

void check_entry(const tyk::HostMapUse& use, const tyk::HostEntry& entry, lint::Reporter& out) {
  const Miss miss = missed(use, entry);
  if (!miss.target) return;
  Finding& finding =
      out.add(entry.key,
              fmt::format("'{}' does not match the target '{}', because upper and lower case count; use '{}'",
                          entry.host, miss.target->host.text, miss.meant),
              use.subject);
  if (tyk::is_claimed(*use.map, entry, miss.meant)) return;
  // A pin that is found lets in who holds its key. Whether the port belongs into the key hangs on the release.
  const bool by_release = use.version_guessed && !miss.target->host.port.empty();
  const bool safe = !use.map->pins && !by_release && use.is_api && tyk::knows_all_targets(use);
  finding.fix = out.replace(entry.key, tyk::quoted_like(out.text(entry.key), miss.meant),
                            fmt::format("use '{}'", miss.meant), safe);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::HostMapUse& use : tyk::host_map_uses(model)) {
    for (const tyk::HostEntry& entry : use.map->entries) {
      if (!entry.unresolved) check_entry(use, entry, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/uppercase-host-key",
    .summary = "a host key differs from the target by upper and lower case",
    .why =
        "Tyk looks hosts up in a map of Go, byte by byte, though host names know no case. An entry in another "
        "case is never found: no client certificate is shown, no pin checked, and no line is logged.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk, getCertificateIDForHost in gateway/cert.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "safe: the spelling of the target",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "Orders.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/uppercase-host-key
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

}  // namespace tlsward::rules::tyk_uppercase_host_key
