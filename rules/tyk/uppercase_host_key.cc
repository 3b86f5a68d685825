// tyk/uppercase-host-key: a host key that differs from the host by its case alone.
#include <algorithm>
#include <cctype>
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_uppercase_host_key {
namespace {

namespace tyk = gateways::tyk;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

/// The host in the spelling of the target, where the key is the same but for its case; empty where it is not.
std::string meant(const tyk::HostEntry& entry, const tyk::UrlHost& host) {
  for (const std::string* text : {&host.text, &host.name}) {
    if (entry.host != *text && lower(entry.host) == lower(*text)) return *text;
  }
  return {};
}

void check_map(const tyk::Api& api, const tyk::HostMap& map, lint::Reporter& out) {
  if (map.switched_off) return;
  for (const tyk::HostEntry& entry : map.entries) {
    for (const tyk::Target& target : api.targets) {
      if (entry.unresolved || target.unresolved) continue;
      const std::string host = meant(entry, target.host);
      if (host.empty()) continue;
      Finding& finding =
          out.add(entry.key,
                  fmt::format("'{}' does not match the target '{}', because upper and lower case count; use '{}'",
                              entry.host, target.host.text, host),
                  api.subject);
      const bool taken = std::any_of(map.entries.begin(), map.entries.end(),
                                     [&](const tyk::HostEntry& other) { return other.host == host; });
      if (!taken)
        finding.fix =
            out.replace(entry.key, tyk::quoted_like(out.text(entry.key), host), fmt::format("use '{}'", host), true);
      break;
    }
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    check_map(api, api.upstream_certificates, out);
    check_map(api, api.pinned_public_keys, out);
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
