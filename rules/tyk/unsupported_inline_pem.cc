// tyk/unsupported-inline-pem: a PEM text where the release wants a path or an id.
#include <string_view>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unsupported_inline_pem {
namespace {

namespace tyk = gateways::tyk;

template <class Owner>
void check_references(const Owner& owner, std::string_view subject, lint::Reporter& out) {
  if (tyk::reads_inline_pem(owner.version)) return;
  for (const tyk::CertificateReference* reference : tyk::references(owner)) {
    if (reference->form != tyk::ReferenceForm::InlinePem) continue;
    Finding& finding = out.add(reference->where,
                               fmt::format("Tyk {} takes this PEM text for a file name; since 5.14 it reads it",
                                           gateways::name(owner.version)),
                               subject);
    if (owner.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_references(conf, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_references(api, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unsupported-inline-pem",
    .summary = "a PEM text in place of a certificate needs Tyk 5.14",
    .why =
        "Up to 5.13 the fields for certificates hold ids of the certificate store or paths of files. A PEM "
        "text is looked for as a file, not found, and left out.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"Tyk, certs/manager.go", "", "https://github.com/TykTechnologies/tyk/blob/master/certs/manager.go"}},
    .severity = Severity::Error,
    .fix = "none: an id or a path",
    .bad = {.gateway = "tyk@5.12",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "{{pem:billing.pem}}"   //~ tyk/unsupported-inline-pem
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"billing.pem", "cn=billing"}}},
    .good = {.gateway = "tyk@5.12",
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
             .recipes = {{"billing.pem", "cn=billing"}}},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unsupported_inline_pem
