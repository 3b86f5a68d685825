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

struct Owner {
  const tyk::HostMap* map = nullptr;
  std::string_view subject;
  gateways::ProductVersion version;
  bool version_guessed = false;
  std::vector<const tyk::Api*> apis;  // whose targets the map is for
  bool is_api = false;                // the map of one API: all its users are known
};

/// True where both entries name the same certificate, so that it does not matter which one is found.
bool same_certificate(const tyk::HostEntry& a, const tyk::HostEntry& b) {
  if (a.certificates.empty() || b.certificates.empty()) return false;
  const std::string& written = a.certificates.front().written;
  return !written.empty() && written == b.certificates.front().written;
}

/// True where the entry decides for the host only if its missing port is overlooked.
bool needs_port(const tyk::HostMap& map, const tyk::HostEntry& entry, const tyk::UrlHost& host) {
  if (host.port.empty()) return false;
  // Cheap, and false for nearly every pair of key and host.
  if (entry.host != host.name && entry.host != "*." + std::string(tyk::after_first_dot(host.name))) return false;
  if (tyk::entry_for(map, host, kIgnoresMissingPort) != &entry) return false;
  const tyk::HostEntry* with_ports = tyk::entry_for(map, host, kComparesPorts);
  return with_ports != &entry && !(with_ports && same_certificate(entry, *with_ports));
}

/// The host of a request that needs the port, or nullptr.
const tyk::UrlHost* missed_host(const Owner& owner, const tyk::HostEntry& entry) {
  for (const tyk::Api* api : owner.apis) {
    for (const tyk::Target& target : api->targets) {
      if (!target.unresolved && needs_port(*owner.map, entry, target.host)) return &target.host;
    }
  }
  return nullptr;
}

/// True where nothing but requests to `port` uses the entry, or would.
bool serves_only(const Owner& owner, const tyk::HostEntry& entry, std::string_view port) {
  for (const tyk::Api* api : owner.apis) {
    for (const tyk::Target& target : api->targets) {
      if (target.unresolved) return false;
      const bool used = needs_port(*owner.map, entry, target.host) ||
                        tyk::entry_for(*owner.map, target.host, owner.version) == &entry;
      if (used && target.host.port != port) return false;
    }
  }
  return true;
}

std::string message(const Owner& owner, const tyk::HostEntry& entry, const tyk::UrlHost& host,
                    const std::string& fixed) {
  if (tyk::ignores_missing_port(owner.version)) {
    return fmt::format("requests go to '{}'; '{}' matches since Tyk 5.8.8 and 5.11.0, earlier versions need '{}'",
                       host.text, entry.host, fixed);
  }
  return fmt::format("requests go to '{}', which '{}' does not match in Tyk {}; the key must be '{}'", host.text,
                     entry.host, name(owner.version), fixed);
}

void check_entry(const Owner& owner, const tyk::HostEntry& entry, lint::Reporter& out) {
  const tyk::UrlHost* missed = missed_host(owner, entry);
  if (!missed) return;
  const std::string fixed = entry.host + ":" + missed->port;
  const Severity severity = tyk::ignores_missing_port(owner.version) ? Severity::Info : Severity::Error;
  Finding& finding = out.add(severity, entry.key, message(owner, entry, *missed, fixed), owner.subject);
  if (owner.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  // Elsewhere the key without port is needed as it is.
  if (!serves_only(owner, entry, missed->port)) return;
  finding.fix = out.replace(entry.key, tyk::quoted_like(out.text(entry.key), fixed), fmt::format("use '{}'", fixed),
                            owner.is_api);
}

void check_map(const Owner& owner, lint::Reporter& out) {
  if (owner.map->switched_off) return;
  for (const tyk::HostEntry& entry : owner.map->entries) check_entry(owner, entry, out);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  if (const tyk::Conf* conf = tyk::conf_of(model)) {
    Owner owner{&conf->upstream_certificates, "tyk.conf", conf->version, conf->version_guessed, {}, false};
    for (const tyk::Api& api : model.apis) owner.apis.push_back(&api);
    check_map(owner, out);
  }
  for (const tyk::Api& api : model.apis) {
    check_map({&api.upstream_certificates, api.subject, api.version, api.version_guessed, {&api}, true}, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/portless-host-key",
    .summary = "a host key lacks the port of the upstream",
    .why =
        "Up to 5.10 (5.8.7 in the 5.8 line) Tyk compares the key with host and port as the target URL has them, so a "
        "key without port is not found where the URL names one, even :443. The upstream then gets no client "
        "certificate, or the one of a more general key.",
    .cites = {{"Tyk, upstream mTLS", "Domain",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk 5.14, upstream mTLS", "Mapping certificates to domains",
               "https://tyk.io/docs/5.14/api-management/upstream-authentication/mtls"}},
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
