// tyk/unresolvable-certificate: a reference that can be neither an id, a file nor PEM text.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unresolvable_certificate {
namespace {

namespace tyk = gateways::tyk;

/// Tyk takes any hex text of even length for the id of a public key.
bool is_key_id(const tyk::CertificateReference& reference) {
  const std::string& text = reference.written;
  return reference.purpose == tyk::Purpose::Pin && text.size() % 2 == 0 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

void check_all(const std::vector<const tyk::CertificateReference*>& references, std::string_view subject,
               lint::Reporter& out) {
  for (const tyk::CertificateReference* reference : references) {
    if (reference->form != tyk::ReferenceForm::Other || is_key_id(*reference)) continue;
    const std::string_view what = reference->purpose == tyk::Purpose::Pin ? "a public key" : "a certificate";
    const bool looked = out.options().read.follow_files;
    Finding& finding =
        out.add(reference->where,
                fmt::format("{} is {} the id of {} {}; Tyk logs that it cannot retrieve it and goes on without it",
                            tyk::quoted(*reference), looked ? "neither" : "not", what,
                            looked ? "nor a file" : "and has no name like a file's"),
                subject);
    if (!looked) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_all(tyk::references(conf), "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_all(tyk::references(api), api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unresolvable-certificate",
    .summary = "a certificate reference is neither an id nor a file",
    .why =
        "A certificate is named by its id (64 lower-case hex digits, with or without an organisation id in front) or "
        "by "
        "its path. Anything else is tried as both, found as neither and left out with a line in the log.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .fix = "none: name the certificate by its id or path",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "billing-client"   //~ tyk/unresolvable-certificate
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
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
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_unresolvable_certificate
