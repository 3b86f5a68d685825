// tyk/shared-mtls-domain: several APIs with mutual TLS on one domain.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_shared_mtls_domain {
namespace {

namespace tyk = gateways::tyk;

/// The ids and files of the list; nullopt where part of it is not known.
std::optional<std::set<std::string>> members(const tyk::CertificateList& list) {
  if (list.open || list.state == tyk::State::Unresolved) return std::nullopt;
  std::set<std::string> result;
  for (const tyk::CertificateReference& reference : list.entries) {
    if (reference.form == tyk::ReferenceForm::Empty) continue;
    if (reference.written.empty()) return std::nullopt;
    result.insert(reference.written);
  }
  return result;
}

/// True where all let the same clients in.
bool are_alike(const std::vector<const tyk::Api*>& apis) {
  const auto first = members(apis.front()->client_certificates);
  return first && std::all_of(apis.begin(), apis.end(),
                              [&](const tyk::Api* api) { return members(api->client_certificates) == first; });
}

std::string message(const std::vector<const tyk::Api*>& apis, std::string_view domain) {
  if (are_alike(apis)) {
    return fmt::format(
        "{} APIs with mutual TLS share '{}', so a handshake accepts the union of their allow-lists; these are the same "
        "today, and once they differ the clients of one get HTTP 403 from another in place of a TLS error; give each "
        "API its own domain",
        apis.size(), domain);
  }
  return fmt::format(
      "{} APIs with mutual TLS share '{}', so a handshake accepts the union of their allow-lists and the clients of "
      "one get HTTP 403 from another in place of a TLS error; give each API its own domain",
      apis.size(), domain);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const tyk::Conf* conf = tyk::conf_of(model);
  for (const tyk::ApiGroup& group : tyk::by_domain(model)) {
    if (tyk::may_ask_for_control_certificate(group, conf)) continue;
    std::vector<const tyk::Api*> mutual;
    for (const tyk::Api* api : group.apis) {
      if (tyk::is_on(api->mutual_tls)) mutual.push_back(api);
    }
    if (mutual.size() < 2) continue;
    Finding& finding = out.add(mutual[1]->domain.where, message(mutual, group.domain), mutual[1]->subject);
    for (const tyk::Api* api : mutual) {
      if (api != mutual[1]) finding.related.push_back({api->domain.where, "the domain of " + api->subject});
    }
    // Which gateway loads which API is not known.
    if (model.confs.size() > 1) lint::Reporter::lower(finding, Confidence::Low);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/shared-mtls-domain",
    .summary = "several APIs with mutual TLS share a domain",
    .why =
        "A handshake is chosen by the server name alone. Where two allow-lists hang on one name, TLS lets in whoever "
        "stands in either, and the separation is left to the HTTP check of each API.",
    .cites = {{"Tyk, mutual TLS concepts", "Fallback to HTTP authorization",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Warning,
    .fix = "none: only you can name another domain",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "billing",
  "name": "billing",
  "domain": "api.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["9f1c0a7de5b8624c3fd01b6a8e7c5d4f2a9b3e6c1d8f7a0b5c4e3d2f1a0b9c8d"],
  "proxy": { "target_url": "https://billing.internal.example.com" }
}
)",
            .name = "billing.json",
            .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "api.example.com",   //~ tyk/shared-mtls-domain
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"}}},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "billing",
  "name": "billing",
  "domain": "billing.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["9f1c0a7de5b8624c3fd01b6a8e7c5d4f2a9b3e6c1d8f7a0b5c4e3d2f1a0b9c8d"],
  "proxy": { "target_url": "https://billing.internal.example.com" }
}
)",
             .name = "billing.json",
             .more = {{"orders.json", R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": ["0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_shared_mtls_domain
