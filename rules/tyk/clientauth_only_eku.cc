// tyk/clientauth-only-eku: a CA in an allow-list, and a check with the usage of servers.
#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::tyk_clientauth_only_eku {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kVerifiesWithCa{5, 5, 0};

using Certificates = std::vector<const tls::CertificateFacts*>;

bool has_usage(const tls::CertificateFacts& certificate, std::string_view usage) {
  const auto& usages = certificate.extended_key_usage;
  return std::find(usages.begin(), usages.end(), usage) != usages.end();
}

/// The client certificates of the input that no server may use.
Certificates clients_only(const tyk::Model& model) {
  Certificates result;
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto&, std::string_view) {
    for (const tyk::CertificateReference& entry : list.entries) {
      for (const tls::CertificateFacts& certificate : entry.material.bundle.certificates) {
        const bool limited = has_usage(certificate, "clientAuth") && !has_usage(certificate, "serverAuth");
        if (limited && !has_usage(certificate, "any") && !certificate.is_ca) result.push_back(&certificate);
      }
    }
  });
  return result;
}

void check_entry(const tyk::CertificateReference& entry, const Certificates& clients, bool guessed,
                 std::string_view subject, lint::Reporter& out) {
  const auto& certificates = entry.material.bundle.certificates;
  if (!tls::is_read(entry.material) || certificates.empty() || !certificates.front().is_ca) return;
  const auto known = std::find_if(clients.begin(), clients.end(),
                                  [&](const auto* client) { return tls::issued(certificates.front(), *client); });
  const bool is_known = known != clients.end();
  Finding& finding = out.add(
      is_known ? Severity::Error : Severity::Warning, entry.where,
      fmt::format(
          "{} is a CA: {} 403 unless the CA is sent along; issue client certificates for both usages, "
          "or for none",
          tyk::quoted(entry),
          is_known ? fmt::format("the client '{}', whose certificate is for clientAuth only, gets", (*known)->subject)
                   : "clients whose certificate is for clientAuth only get"),
      subject);
  if (guessed) lint::Reporter::lower(finding, Confidence::Medium);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  const Certificates clients = clients_only(model);
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto& owner, std::string_view subject) {
    if (owner.version < kVerifiesWithCa || !tyk::enforces_allow_list(owner)) return;
    for (const tyk::CertificateReference& entry : list.entries)
      check_entry(entry, clients, owner.version_guessed, subject, out);
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
    .also = {Severity::Error},
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
