// tyk/unresolvable-certificate: a reference that can be neither an id, a file nor PEM text.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unresolvable_certificate {
namespace {

namespace tyk = gateways::tyk;

/// Tyk takes any hex text of even length for the id of a public key.
bool is_key_id(const tyk::CertificateReference& reference) {
  return reference.purpose == tyk::Purpose::Pin && tyk::is_hex(reference.written);
}

/// True where another tool puts the name in before Tyk reads the file.
bool is_template(std::string_view written) {
  return written.find("${") != std::string_view::npos;
}

/// What Tyk does without it.
template <class Owner>
std::string_view effect(const Owner& owner, const tyk::CertificateReference& reference) {
  if (reference.purpose == tyk::Purpose::Pin) return tyk::effect_of_lost_pin(tyk::is_only_pin(owner, reference));
  return "Tyk logs that it cannot retrieve it and goes on without it";
}

template <class Owner>
void check_name(const Owner& owner, const tyk::CertificateReference& reference, std::string_view subject,
                lint::Reporter& out) {
  const std::string_view what = reference.purpose == tyk::Purpose::Pin ? "a public key" : "a certificate";
  const bool looked = out.options().read.follow_files;
  Finding& finding =
      out.add(reference.where,
              fmt::format("{} is {} the id of {} {}; {}", tyk::quoted(reference), looked ? "neither" : "not", what,
                          looked ? "nor a file" : "and has no name like a file's", effect(owner, reference)),
              subject);
  if (!looked) lint::Reporter::lower(finding, Confidence::Medium);
}

std::string_view where_resolved(const tyk::Conf&) {
  return "tyk.conf such references are resolved in its secrets alone";
}

std::string_view where_resolved(const tyk::Api&) {
  return "this field Tyk does not resolve such references";
}

template <class Owner>
void check_all(const Owner& owner, std::string_view subject, lint::Reporter& out) {
  for (const tyk::CertificateReference* reference : tyk::references(owner)) {
    if (reference->stays_text) {
      out.add(reference->where,
              fmt::format("'{}' stays the text that it is: in {}; {}", reference->material.written,
                          where_resolved(owner), effect(owner, *reference)),
              subject);
      continue;
    }
    if (is_template(reference->written)) continue;
    if (reference->form == tyk::ReferenceForm::Other && !is_key_id(*reference))
      check_name(owner, *reference, subject, out);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_all(conf, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_all(api, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unresolvable-certificate",
    .summary = "a certificate reference is neither an id nor a file",
    .why =
        "A certificate is named by its id (64 lower-case hex digits, with or without an organisation id in front) or "
        "by "
        "its path. Anything else is tried as both, found as neither and left out with a line in the log. A pinned key "
        "is "
        "looked up in the store where it is hex, else as a file; one that is not found fits no key of the upstream. "
        "References to secrets (vault://, env:// and their like) are resolved in API definitions since 5.3 (file:// "
        "since "
        "5.14, kv:// since 5.15), in tyk.conf in secret, node_secret, passwords and a few more: never in a field that "
        "names certificates. $secret_ is for transformations only.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"},
              {"Tyk, secrets management", "When References Are Resolved",
               "https://tyk.io/docs/tyk-configuration-reference/kv-store/"},
              {"Tyk, issue 6099", "", "https://github.com/TykTechnologies/tyk/issues/6099"},
              {"Tyk, certs/manager.go", "", "https://github.com/TykTechnologies/tyk/blob/master/certs/manager.go"}},
    .severity = Severity::Error,
    .fix = "none: name the certificate by its id or path",
    .replaces = {"config/unresolved-value"},
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
