// tyk/shadowed-host-entry: an entry that another one hides: the star of an API, or the same host once more.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_shadowed_host_entry {
namespace {

namespace tyk = gateways::tyk;

const tyk::HostEntry* star(const tyk::HostMap& map) {
  for (const tyk::HostEntry& entry : map.entries) {
    if (entry.host == "*" && !entry.unresolved) return &entry;
  }
  return nullptr;
}

bool names_none(const tyk::HostEntry& entry) {
  return entry.certificates.empty() || entry.certificates.front().form == tyk::ReferenceForm::Empty;
}

bool is_reference(const tyk::HostEntry& entry) {
  return !entry.certificates.empty() && entry.certificates.front().form == tyk::ReferenceForm::Unresolved;
}

void check_api(const tyk::Conf& conf, const tyk::Api& api, lint::Reporter& out) {
  const tyk::HostEntry* all = star(api.upstream_certificates);
  if (!all || api.upstream_certificates.switched_off) return;
  for (const tyk::Target& target : api.targets) {
    if (target.unresolved || tyk::is_cleartext(target)) continue;
    if (tyk::entry_for(api.upstream_certificates, target.host, api.version) != all) continue;
    const tyk::HostEntry* hidden = tyk::entry_for(conf.upstream_certificates, target.host, api.version);
    if (!hidden || hidden->host == "*" || names_none(*hidden) || tyk::same_certificate(*hidden, *all)) continue;
    Finding& finding = out.add(
        all->key, fmt::format("this '*' wins over the entry '{}' of tyk.conf for '{}'", hidden->host, target.host.text),
        api.subject);
    finding.related.push_back({hidden->key, "not used for this API"});
    // It may be the same certificate.
    if (is_reference(*all) || is_reference(*hidden) || api.upstream_certificates.may_be_off)
      lint::Reporter::lower(finding, Confidence::Low);
    return;
  }
}

bool same_value(const tyk::HostEntry& a, const tyk::HostEntry& b) {
  return std::equal(a.certificates.begin(), a.certificates.end(), b.certificates.begin(), b.certificates.end(),
                    [](const auto& left, const auto& right) { return left.written == right.written; });
}

/// Of equal domains in one list Tyk keeps the last. Keys of a map that are equal are config/duplicate-key's.
void check_list(const tyk::HostMap& map, std::string_view subject, lint::Reporter& out) {
  std::map<std::string_view, const tyk::HostEntry*> last;
  for (const tyk::HostEntry& entry : map.entries) {
    if (entry.unresolved || entry.host.empty()) continue;
    const auto [place, added] = last.try_emplace(entry.host, &entry);
    const tyk::HostEntry* before = std::exchange(place->second, &entry);
    if (added || same_value(*before, entry)) continue;
    Finding& finding = out.add(
        Severity::Warning, before->key,
        fmt::format("'{}' stands in the list again, with another value, and Tyk keeps the last", entry.host), subject);
    finding.related.push_back({entry.key, "used instead"});
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (api.form != tyk::ApiForm::Oas) continue;
    for (const tyk::HostMap* map : {&api.upstream_certificates, &api.pinned_public_keys}) {
      if (!map->switched_off) check_list(*map, api.subject, out);
    }
  }
  const tyk::Conf* conf = tyk::conf_of(model);
  if (!conf) return;
  for (const tyk::Api& api : model.apis) check_api(*conf, api, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/shadowed-host-entry",
    .summary = "an entry for a host is hidden by the star of an API, or by the same host in the same list",
    .why =
        "Tyk looks into security.certificates.upstream first and then into the map of the API; any hit there "
        "replaces what was found, a star too. The more exact entry of the gateway is not used for this API. A Tyk OAS "
        "definition lists its domains, "
        "and of equal ones only the last is used.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "none: name the host in the API too; of equal domains leave the one that is meant",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*": "/etc/tyk/upstream/orders.pem"   //~ tyk/shadowed-host-entry
  },
  "proxy": {
    "target_url": "https://orders.internal.example.com"
  }
}
)",
            .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "security": {
    "certificates": { "upstream": { "orders.internal.example.com": "/etc/tyk/upstream/gateway.pem" } }
  },
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
})"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
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
)",
             .more = {{"tyk.conf", R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "security": {
    "certificates": { "upstream": { "orders.internal.example.com": "/etc/tyk/upstream/gateway.pem" } }
  },
  "http_server_options": {
    "use_ssl": true,
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
})"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_shadowed_host_entry
