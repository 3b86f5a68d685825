// tyk/malformed-certificate-id: a fingerprint as openssl prints it in the place of a certificate id.
#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_malformed_certificate_id {
namespace {

namespace tyk = gateways::tyk;

/// True where a working reference lets somebody in who is kept out while it is broken.
bool admits(tyk::Purpose purpose) {
  return purpose == tyk::Purpose::AllowList || purpose == tyk::Purpose::Link || purpose == tyk::Purpose::Pin;
}

/// The bytes of the reference itself: one of several ids may share a scalar.
Span inside(Span where, std::string_view raw, std::string_view written) {
  const std::size_t at = raw.find(written);
  if (at == std::string_view::npos) return {};
  where.begin += static_cast<std::uint32_t>(at);
  where.end = where.begin + static_cast<std::uint32_t>(written.size());
  return where;
}

/// Other references are left out as long as they are broken.
template <class Owner>
std::string effect(const Owner& owner, const tyk::CertificateReference& reference) {
  if (reference.purpose != tyk::Purpose::Pin) return {};
  return fmt::format(" ({} as it stands)", tyk::effect_of_lost_pin(tyk::is_only_pin(owner, reference)));
}

template <class Owner>
void check_all(const Owner& owner, std::string_view subject, lint::Reporter& out) {
  for (const tyk::CertificateReference* reference : tyk::references(owner)) {
    const std::optional<std::string> fixed = tyk::normalised_id(reference->written);
    if (reference->form != tyk::ReferenceForm::MalformedId || !fixed) continue;
    Finding& finding = out.add(
        reference->where,
        fmt::format("'{}' is a fingerprint, not the form of a certificate id; use lower-case hex without colons: {}{}",
                    reference->written, *fixed, effect(owner, *reference)),
        subject);
    const Span id = inside(reference->where, out.text(reference->where), reference->written);
    if (id.known()) finding.fix = out.replace(id, *fixed, "write it as an id", !admits(reference->purpose));
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_all(conf, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_all(api, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/malformed-certificate-id",
    .summary = "a certificate id is written as a fingerprint",
    .why =
        "An id of Tyk's certificate store is the SHA-256 of the certificate in 64 lower-case hex digits. The openssl "
        "command that computes it prints the same number with colons and in upper case; Tyk does not find that in its "
        "store, tries it as a file name and goes on without the certificate. Of a pinned key it tries one of both, and "
        "what "
        "it does not find fits no key of the upstream.",
    .cites = {{"Tyk, mutual TLS concepts", "Certificate management",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/"}},
    .severity = Severity::Error,
    .fix = "write the id; safe for the gateway's own certificates, unsafe where it lets a client or an upstream in",
    .replaces = {"tyk/unresolvable-certificate"},
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "0B:0A:E9:D1:B3:FD:5A:4F:14:DD:FB:4F:B9:AD:07:E2:F0:A3:F4:DB:1F:F1:A9:D3:A1:F6:F3:E4:A9:A3:C1:D2"   //~ tyk/malformed-certificate-id
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "0b0ae9d1b3fd5a4f14ddfb4fb9ad07e2f0a3f4db1ff1a9d3a1f6f3e4a9a3c1d2"
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_malformed_certificate_id
