// tyk/inner-wildcard-key: a star inside a host key.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_inner_wildcard_key {
namespace {

namespace tyk = gateways::tyk;

void check_entry(const tyk::HostMap&, const tyk::HostEntry& entry, std::string_view subject, lint::Reporter& out) {
  if (tyk::has_sound_stars(entry.host)) return;
  out.add(entry.key, fmt::format("'{}' never matches: only '*' and '*.rest-of-host' are understood", entry.host),
          subject);
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
    .id = "tyk/inner-wildcard-key",
    .summary = "a star stands inside a host key",
    .why =
        "Tyk looks up '*', then '*.' with what follows the first dot of the host, then the host. A star "
        "anywhere else, as in api.*.example, is compared as it is and matches nothing, although the "
        "documentation shows such keys: no client certificate, no pin.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"},
              {"Tyk, getCertificateIDForHost in gateway/cert.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/gateway/cert.go"}},
    .severity = Severity::Error,
    .fix = "none: the whole first label as a star, or the host itself",
    .replaces = {"tyk/unmatched-host-key"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "api.*.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/inner-wildcard-key
  },
  "proxy": {
    "target_url": "https://api.orders.example.com"
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*.orders.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": {
    "target_url": "https://api.orders.example.com"
  }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_inner_wildcard_key
