// tyk/chain-in-allowlist: a chain where one certificate is wanted.
#include <string>

#include <algorithm>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_chain_in_allowlist {
namespace {

namespace tyk = gateways::tyk;

// Before, a client is known by its own certificate alone, whatever it sends along.
constexpr gateways::ProductVersion kComparesChains{5, 5, 0};

std::string_view effect(gateways::ProductVersion version) {
  return version < kComparesChains
             ? "no client of the first is recognised, and one is let in that has the last as its own"
             : "every client that sends it is let in, and the first is not recognised";
}

void check_list(const tyk::CertificateList& list, gateways::ProductVersion version, std::string_view subject,
                lint::Reporter& out) {
  for (const tyk::CertificateReference& entry : list.entries) {
    const auto& certificates = entry.material.bundle.certificates;
    if (!tls::is_read(entry.material) || certificates.size() < 2) continue;
    // The same one twice is one.
    if (std::all_of(certificates.begin(), certificates.end(),
                    [&](const auto& certificate) { return certificate.sha256 == certificates.front().sha256; }))
      continue;
    out.add(entry.where,
            fmt::format("{} holds {} certificates, of which the last ('{}') alone counts: {}; store the leaf alone",
                        tyk::quoted(entry), certificates.size(), certificates.back().subject, effect(version)),
            subject);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto& owner, std::string_view subject) {
    if (tyk::enforces_allow_list(owner)) check_list(list, owner.version, subject, out);
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/chain-in-allowlist",
    .summary = "an entry of an allow-list holds a chain",
    .why =
        "Tyk keeps one fingerprint for an entry, that of its last certificate, which in a chain is the CA. "
        "The client that was meant is not matched, and since 5.5 every client that sends that CA along is; before, the "
        "client's own certificate alone was compared, so that the entry lets nobody in. Since 5.8.9 and 5.11.0 the CAs "
        "of a chain also go into the trust of the handshake.",
    .cites = {{"Tyk, client mTLS", "",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/client-mtls/"},
              {"Tyk, certs/manager.go", "", "https://github.com/TykTechnologies/tyk/blob/master/certs/manager.go"},
              {"Tyk, pull request 6422", "", "https://github.com/TykTechnologies/tyk/pull/6422"}},
    .severity = Severity::Error,
    .fix = "none: the leaf alone",
    .replaces = {"tyk/unsupported-ca-allowlist", "tyk/clientauth-only-eku"},
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "billing.pem"   //~ tyk/chain-in-allowlist
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"root.pem", "ca cn=Root"},
                        {"ca.pem", "ca cn=Clients issuer=root.pem"},
                        {"billing.pem", "cn=billing issuer=ca.pem chain"}}},
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

}  // namespace tlsward::rules::tyk_chain_in_allowlist
