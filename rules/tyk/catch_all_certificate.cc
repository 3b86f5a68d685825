// tyk/catch-all-certificate: a client certificate under the key `*`.
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/model.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_catch_all_certificate {
namespace {

namespace tyk = gateways::tyk;

/// False where Tyk drops what stands there, which other rules tell.
bool is_presented(const tyk::HostEntry& entry) {
  if (entry.certificates.empty()) return false;
  const tyk::CertificateReference& certificate = entry.certificates.front();
  const bool is_nothing =
      certificate.form == tyk::ReferenceForm::Empty || certificate.form == tyk::ReferenceForm::Other;
  return !is_nothing && !tyk::lacks_private_key(certificate) && !tyk::lacks_certificate(certificate);
}

const tyk::HostEntry* catch_all(const tyk::HostMap& map) {
  if (map.switched_off) return nullptr;
  for (const tyk::HostEntry& entry : map.entries) {
    if (!entry.unresolved && entry.host == "*" && is_presented(entry)) return &entry;
  }
  return nullptr;
}

std::string shown(const tyk::HostEntry& entry) {
  const std::string& written = entry.certificates.front().written;
  return written.empty() ? std::string("this certificate") : fmt::format("'{}'", written);
}

void lower_unresolved(const tyk::HostMap& map, const tyk::HostEntry& entry, Finding& finding) {
  const bool is_reference = entry.certificates.front().form == tyk::ReferenceForm::Unresolved;
  if (is_reference || map.may_be_off) lint::Reporter::lower(finding, Confidence::Low);
}

void check(const tyk::Model& model, lint::Reporter& out) {
  for (const tyk::Conf& conf : model.confs) {
    if (const tyk::HostEntry* entry = catch_all(conf.upstream_certificates)) {
      Finding& finding = out.add(
          Severity::Warning, entry->key,
          fmt::format("'*' presents {} to every upstream of every API that asks for a client certificate; name the "
                      "hosts that it is meant for",
                      shown(*entry)),
          "tyk.conf");
      lower_unresolved(conf.upstream_certificates, *entry, finding);
    }
  }
  for (const tyk::Api& api : model.apis) {
    // Nobody asks for a certificate without TLS.
    if (tyk::calls_cleartext_only(api)) continue;
    if (const tyk::HostEntry* entry = catch_all(api.upstream_certificates)) {
      Finding& finding = out.add(
          entry->key,
          fmt::format("'*' presents {} to every upstream of the API that asks for a client certificate, also instead "
                      "of one that tyk.conf has for the host; name the hosts that it is meant for",
                      shown(*entry)),
          api.subject);
      lower_unresolved(api.upstream_certificates, *entry, finding);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/catch-all-certificate",
    .summary = "a client certificate is shown to every upstream",
    .why =
        "The key * is the default for all hosts without a key of their own. Every upstream that asks for a client "
        "certificate, also one that a redirect or a rewritten URL leads to, learns who the gateway is. In tyk.conf it "
        "holds for all APIs; in an API definition it also beats the more exact entries of tyk.conf.",
    .cites = {{"Tyk, upstream mTLS", "Default upstream certificate",
               "https://tyk.io/docs/basic-config-and-security/security/mutual-tls/upstream-mtls/"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "none: only you know which hosts ask for it",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "*": "/etc/tyk/upstream/orders.pem"   //~ tyk/catch-all-certificate
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "api_id": "orders",
  "name": "orders",
  "use_keyless": true,
  "upstream_certificates": {
    "orders.internal.example.com": "/etc/tyk/upstream/orders.pem"
  },
  "proxy": { "target_url": "https://orders.internal.example.com" }
}
)"},
    .check = lint::on_model<tyk::Model, check>,
};

}  // namespace tlsward::rules::tyk_catch_all_certificate
