// tyk/certificate-for-http: a client certificate for an upstream that is called with http.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_certificate_for_http {
namespace {

namespace tyk = gateways::tyk;

/// True where the entry is for another target too, or may be.
bool serves_tls(const tyk::Api& api, const tyk::HostEntry& entry) {
  return api.open || api.hosts_at_run_time ||
         std::any_of(api.targets.begin(), api.targets.end(), [&](const tyk::Target& target) {
           if (target.unresolved) return true;
           return !tyk::is_cleartext(target) &&
                  tyk::entry_for(api.upstream_certificates, target.host, api.version) == &entry;
         });
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Api& api : model.apis) {
    if (api.upstream_certificates.switched_off) continue;
    for (const tyk::Target& target : api.targets) {
      if (target.unresolved || target.scheme != "http") continue;
      const tyk::HostEntry* entry = tyk::entry_for(api.upstream_certificates, target.host, api.version);
      // A star is for all hosts.
      if (!entry || entry->host == "*" || serves_tls(api, *entry)) continue;
      Finding& finding = out.add(entry->key,
                                 fmt::format("'http://{}' is not TLS, so that the certificate for '{}' is not shown",
                                             target.host.text, entry->host),
                                 api.subject);
      finding.related.push_back({target.where, "the target"});
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/certificate-for-http",
    .summary = "a client certificate is meant for an upstream that is called with http",
    .why =
        "A client certificate is shown in a TLS handshake. Where the target begins with http:// there is "
        "none: the upstream gets requests in the clear, without the identity that was meant to protect them.",
    .cites = {{"Tyk, upstream mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Warning,
    .fix = "none: https:// in the target",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"   //~ tyk/certificate-for-http
  },
  "proxy": {
    "target_url": "http://orders.internal.example.com"
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

}  // namespace tlsward::rules::tyk_certificate_for_http
