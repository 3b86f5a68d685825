// tyk/unsupported-ca-allowlist: a CA in an allow-list of a release that compares fingerprints.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unsupported_ca_allowlist {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kVerifiesWithCa{5, 5, 0};

void check_list(const tyk::CertificateList& list, gateways::ProductVersion version, bool guessed,
                std::string_view subject, lint::Reporter& out) {
  if (version >= kVerifiesWithCa) return;
  for (const tyk::CertificateReference& entry : list.entries) {
    const auto& certificates = entry.material.bundle.certificates;
    if (!tls::is_read(entry.material) || certificates.empty() || !certificates.front().is_ca) continue;
    Finding& finding = out.add(entry.where,
                               fmt::format("{} is a CA, but Tyk {} compares fingerprints only, so that clients with a "
                                           "certificate of it get 403; list each client's own, or use 5.5 or later",
                                           tyk::quoted(entry), gateways::name(version)),
                               subject);
    if (guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto& owner, std::string_view subject) {
    if (tyk::enforces_allow_list(owner)) check_list(list, owner.version, owner.version_guessed, subject, out);
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unsupported-ca-allowlist",
    .summary = "a CA in an allow-list needs Tyk 5.5",
    .why =
        "Before 5.5.0 an allow-list is a list of fingerprints: only the very certificates on it are let in. A "
        "CA there matches nobody.",
    .cites = {{"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"},
              {"Tyk, certs/manager.go", "", "https://github.com/TykTechnologies/tyk/blob/master/certs/manager.go"}},
    .severity = Severity::Error,
    .fix = "none: the certificates of the clients, or 5.5",
    .bad = {.gateway = "tyk@5.3",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "ca.pem"   //~ tyk/unsupported-ca-allowlist
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"ca.pem", "ca cn=Clients"}}},
    .good = {.gateway = "tyk@5.3",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "billing.pem"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .recipes = {{"billing.pem", "cn=billing"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unsupported_ca_allowlist
