// tyk/mixed-mtls-domain: an API with mutual TLS shares its domain with one without.
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_mixed_mtls_domain {
namespace {

namespace tyk = gateways::tyk;

/// True where the API asks for no client certificate at all.
bool is_plain(const tyk::Api& api) {
  return tyk::is_off(api.mutual_tls) && tyk::is_off(api.authentication.use_certificate) &&
         tyk::is_off(api.authentication.certificate_auth);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  for (const tyk::ApiGroup& group : tyk::by_domain(model)) {
    if (tyk::may_ask_for_control_certificate(group, conf)) continue;
    std::vector<const tyk::Api*> mutual, plain;
    for (const tyk::Api* api : group.apis) {
      if (tyk::is_on(api->mutual_tls)) mutual.push_back(api);
      if (is_plain(*api)) plain.push_back(api);
    }
    if (mutual.empty() || plain.empty()) continue;
    const tyk::Api& first = *mutual.front();
    Finding& finding =
        out.add(first.domain.where,
                fmt::format("'{}' is also the domain of {}, which needs no client certificate; the handshake therefore "
                            "only requests one, and {} refuses clients without it with HTTP 403",
                            group.domain, plain.front()->subject, first.subject),
                first.subject);
    for (const tyk::Api* api : plain) {
      finding.related.push_back({api->domain.where, "the domain of " + api->subject + ", without mutual TLS"});
    }
    for (const tyk::Api* api : mutual) {
      if (api != &first) finding.related.push_back({api->domain.where, "the same holds for " + api->subject});
    }
    // Which gateway loads which API is not known.
    if (model.confs.size() > 1) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/mixed-mtls-domain",
    .summary = "an API with mutual TLS shares its domain with one without",
    .why =
        "During the handshake Tyk knows the server name, not the API. Where one API of the domain must be reachable "
        "without a certificate, none can be required; the check is made later and answers 403.",
    .cites = {{"Tyk, mutual TLS concepts", "Fallback to HTTP authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Info,
    .fix = "none: give the API with mutual TLS a domain of its own",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "api.example.com",   //~ tyk/mixed-mtls-domain
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .name = "orders.json",
            .more = {{"status.json", R"({
  "api_id": "status",
  "name": "status",
  "domain": "api.example.com",
  "use_keyless": true,
  "proxy": { "target_url": "https://status.internal.example.com" }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .name = "orders.json",
             .more = {{"status.json", R"({
  "api_id": "status",
  "name": "status",
  "domain": "api.example.com",
  "use_keyless": true,
  "proxy": { "target_url": "https://status.internal.example.com" }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_mixed_mtls_domain
