// tls/unreachable-cipher: a listed suite that belongs to no enabled version.
#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"

namespace tlsward::rules::tls_unreachable_cipher {
namespace {

/// TLS 1.3 suites under an enabled TLS 1.3 are reached whether listed or not (tls/fixed-tls13-cipher).
std::vector<const tls::ListedCipher*> unreachable(const tls::TlsContext& context) {
  std::vector<const tls::ListedCipher*> result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (entry.accepted && entry.suite && !tls::reachable(context, entry)) result.push_back(&entry);
  }
  return result;
}

/// "TLS_AES_128_GCM_SHA256 (for TLS 1.3)".
std::string with_versions(const tls::ListedCipher& entry) {
  std::vector<tls::Version> versions;
  for (const tls::Version version : tls::known_versions()) {
    if (version >= tls::kTls10 && tls::offers(entry, version)) versions.push_back(version);
  }
  return fmt::format("{} (for {})", tls::name(*entry.suite), tls::names(versions));
}

std::string message(const tls::TlsContext& context, const std::vector<const tls::ListedCipher*>& entries) {
  const std::string enabled = fmt::format("{} {} enabled", tls::names(context.versions.value),
                                          context.versions.value.size() == 1 ? "alone is" : "are");
  if (entries.size() == 1) return fmt::format("{} can never be negotiated; {}", with_versions(*entries[0]), enabled);
  return fmt::format("{} of {} listed suites can never be negotiated, the first is {}; {}", entries.size(),
                     context.cipher_list.value.size(), with_versions(*entries[0]), enabled);
}

/// The suites of which HTTP/2 wants one (RFC 9113, 9.2.2). Some gateways do not start with a list that has neither.
bool is_for_http2(const tls::ListedCipher& entry) {
  constexpr std::uint16_t kEcdheEcdsaAes128Gcm = 0xC02B, kEcdheRsaAes128Gcm = 0xC02F;
  return entry.suite && (entry.suite->code == kEcdheEcdsaAes128Gcm || entry.suite->code == kEcdheRsaAes128Gcm);
}

bool would_lose_http2(const tls::TlsContext& context, const std::vector<const tls::ListedCipher*>& removed) {
  const auto& list = context.cipher_list.value;
  const auto listed = std::count_if(list.begin(), list.end(), is_for_http2);
  const auto lost = std::count_if(removed.begin(), removed.end(),
                                  [](const tls::ListedCipher* entry) { return is_for_http2(*entry); });
  return listed > 0 && lost == listed;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || !context.cipher_list.written() || !context.versions.known()) return;
  if (context.versions.value.empty()) return;
  const auto entries = unreachable(context);
  if (entries.empty()) return;
  Finding& finding = out.add(context, entries.front()->where, message(context, entries));
  std::vector<Span> places;
  for (const tls::ListedCipher* entry : entries) {
    places.push_back(entry->where);
    if (entry != entries.front()) finding.related.push_back({entry->where, with_versions(*entry)});
  }
  if (!context.min_version.written() || !context.max_version.written()) {
    lint::Reporter::by_version(finding, context);
  }
  // An emptied list would bring the gateway's own defaults in.
  if (!tls::keeps_working_suite(context) || would_lose_http2(context, entries)) return;
  finding.fix = out.remove(places, entries.size() == 1 ? "remove it" : "remove them", true);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/unreachable-cipher",
    .summary = "a listed cipher suite belongs to no enabled TLS version",
    .why =
        "Each suite belongs to certain versions: the AEAD suites begin with TLS 1.2, the five suites of TLS 1.3 "
        "exist there only. A suite whose versions are all switched off is dead text, and often a sign that the "
        "version range is not the one that was meant.",
    .cites = {{"RFC 5246", "A.5", "https://www.rfc-editor.org/rfc/rfc5246#appendix-A.5"},
              {"RFC 8446", "4.1.2, B.4", "https://www.rfc-editor.org/rfc/rfc8446#appendix-B.4"},
              {"Flex Gateway 1.8, supported ciphers", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "safe: remove them, unless the list would become empty",
    .replaces = {"tls/broken-cipher", "tls/weak-cipher"},
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:ca.pem}}
    alpn:
      - h2
      - http/1.1
    minversion: "1.2"
    maxversion: "1.2"
    ciphers:
      - TLS_AES_128_GCM_SHA256   #~ tls/unreachable-cipher
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
)",
            .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:ca.pem}}
    alpn:
      - h2
      - http/1.1
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_unreachable_cipher
