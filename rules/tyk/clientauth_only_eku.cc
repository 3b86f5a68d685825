// tyk/clientauth-only-eku: a CA in an allow-list, and a check with the usage of servers.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_clientauth_only_eku {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kVerifiesWithCa{5, 5, 0};

void check_list(const tyk::CertificateList& list, gateways::ProductVersion version, bool guessed,
                std::string_view subject, lint::Reporter& out) {
  if (version < kVerifiesWithCa) return;
  for (const tyk::CertificateReference& entry : list.entries) {
    const auto& certificates = entry.material.bundle.certificates;
    if (!tls::is_read(entry.material) || certificates.empty() || !certificates.front().is_ca) continue;
    Finding& finding = out.add(entry.where,
                               fmt::format("{} is a CA: clients whose certificate is for clientAuth only get 403 "
                                           "unless they send the CA along; issue them for both usages, or for none",
                                           tyk::quoted(entry)),
                               subject);
    if (guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto& owner, std::string_view subject) {
    check_list(list, owner.version, owner.version_guessed, subject, out);
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/clientauth-only-eku",
    .summary = "clients of a CA in an allow-list need the usage serverAuth",
    .why =
        "Since 5.5.0 Tyk verifies client certificates against the CAs of an allow-list, but asks Go for the "
        "usage that it takes for granted: serverAuth. A certificate that is limited to clientAuth, as client "
        "certificates should be, fails with \"certificate specifies an incompatible key usage\".",
    .cites = {{"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"},
              {"Go, crypto/x509", "VerifyOptions.KeyUsages", "https://pkg.go.dev/crypto/x509#VerifyOptions"}},
    .severity = Severity::Warning,
    .fix = "none: client certificates with both usages, or each leaf in the list",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "ca.pem"   //~ tyk/clientauth-only-eku
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"ca.pem", "ca cn=Clients"}}},
    .good = {.gateway = "tyk@5.14",
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

}  // namespace tlsward::rules::tyk_clientauth_only_eku
