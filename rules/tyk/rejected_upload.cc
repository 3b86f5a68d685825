// tyk/rejected-upload: a file of the certificate store that an upload would refuse.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::tyk_rejected_upload {
namespace {

namespace tyk = gateways::tyk;

constexpr gateways::ProductVersion kRefusesExpired{3, 0, 0};

/// Why every release refuses the file; empty where none does.
std::string refusal(const tls::Bundle& bundle) {
  if (bundle.certificates.empty() && bundle.public_keys.empty())
    return "it holds neither a certificate nor a public key";
  if (bundle.private_keys.size() > 1) return "it holds more than one private key";
  if (!bundle.public_keys.empty() && !bundle.certificates.empty()) return "it holds a public key beside a certificate";
  if (!bundle.private_keys.empty() && !bundle.certificates.empty()) {
    const tls::KeyFacts& key = bundle.private_keys.front();
    const tls::KeyFacts& certified = bundle.certificates.front().key;
    if (!key.encrypted && !key.spki_sha256.empty() && key.spki_sha256 != certified.spki_sha256)
      return "its private key is not that of its first certificate";
  }
  return {};
}

/// Why releases since 3.0 refuse the file; empty where they take it.
std::string expiry(const tls::Bundle& bundle, tls::Time now) {
  const auto expired = std::find_if(bundle.certificates.begin(), bundle.certificates.end(),
                                    [&](const auto& one) { return one.not_after < now; });
  if (expired == bundle.certificates.end()) return {};
  return fmt::format("the certificate {} expired on {}", tls::describe(*expired), tls::date(expired->not_after));
}

template <class Owner>
void check_references(const Owner& owner, std::string_view subject, lint::Reporter& out) {
  for (const tyk::CertificateReference* reference : tyk::references(owner)) {
    if (!reference->looked_up || !tls::is_read(reference->material)) continue;
    std::string reason = refusal(reference->material.bundle);
    const bool by_version = reason.empty() && owner.version >= kRefusesExpired;
    if (by_version) reason = expiry(reference->material.bundle, out.options().at);
    if (reason.empty()) continue;
    Finding& finding = out.add(
        reference->where,
        fmt::format("POST /tyk/certs refuses the file of this id ({}): {}", reference->material.file, reason), subject);
    if (by_version && owner.version_guessed) lint::Reporter::lower(finding, Confidence::Medium);
  }
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) check_references(conf, "tyk.conf", out);
  for (const tyk::Api& api : model.apis) check_references(api, api.subject, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/rejected-upload",
    .summary = "a certificate that is meant for the store would be refused there",
    .why =
        "Certificates get their ids by being uploaded to POST /tyk/certs, which answers 403 to files with "
        "several private keys, with a public key beside a certificate, with a key of another certificate, or "
        "(since 3.0) with an expired certificate. Judged for the files of --certs-dir that an id stands for.",
    .cites = {{"Tyk, TLS and certificate management", "", "https://tyk.io/docs/api-management/certificates"},
              {"Tyk, certs/manager.go", "", "https://github.com/TykTechnologies/tyk/blob/master/certs/manager.go"},
              {"Tyk, pull request 2712", "", "https://github.com/TykTechnologies/tyk/pull/2712"}},
    .severity = Severity::Error,
    .fix = "none: what the message asks for",
    .bad = {.gateway = "tyk@5.14",
            .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "{{id:billing.pem}}"   //~ tyk/rejected-upload
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
            .recipes = {{"billing.pem", "cn=billing days=-400..-30"}},
            .options = "--certs-dir . --at 2026-11-22"},
    .good = {.gateway = "tyk@5.14",
             .text = R"({
  "api_id": "orders",
  "name": "orders",
  "domain": "orders.example.com",
  "use_keyless": true,
  "use_mutual_tls_auth": true,
  "strip_auth_data": true,
  "client_certificates": [
    "{{id:billing.pem}}"
  ],
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)",
             .recipes = {{"billing.pem", "cn=billing"}},
             .options = "--certs-dir . --at 2026-11-22"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_rejected_upload
