// tyk/allowlisted-private-key: an entry of an allow-list that brings a private key along.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_allowlisted_private_key {
namespace {

namespace tyk = gateways::tyk;

void check_list(const tyk::CertificateList& list, std::string_view subject, lint::Reporter& out) {
  for (const tyk::CertificateReference& entry : list.entries) {
    if (!tyk::holds_private_key(entry)) continue;
    const std::string what = entry.written.empty() ? std::string("this entry") : fmt::format("'{}'", entry.written);
    out.add(entry.where, fmt::format("{} holds a private key; an allow-list takes the public certificate alone", what),
            subject);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  tyk::for_each_allow_list(model, [&](const tyk::CertificateList& list, const auto&, std::string_view subject) {
    check_list(list, subject, out);
  });
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/allowlisted-private-key",
    .summary = "an entry of an allow-list holds a private key",
    .why =
        "To let a client in Tyk needs its certificate only. A private key in an allow-list means that the key of a "
        "client lies on the gateway, where it is of no use to the gateway and of much use to whoever reads the file.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificates",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Warning,
    .fix = "none: store the certificate without its key, and give the client a new key",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "/etc/tyk/clients/billing.pem"   //~ tyk/allowlisted-private-key
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"etc/tyk/clients/billing.pem", "cn=billing eku=serverAuth,clientAuth with-key"}},
            .options = "--root ."},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "/etc/tyk/clients/billing.pem"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .recipes = {{"etc/tyk/clients/billing.pem", "cn=billing eku=serverAuth,clientAuth"}},
             .options = "--root ."},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_allowlisted_private_key
