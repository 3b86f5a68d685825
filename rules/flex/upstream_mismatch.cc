// flex/upstream-mismatch: a context that shares no version or no suite with the upstream as it was probed.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/authority.h"

namespace tlsward::rules::flex_upstream_mismatch {
namespace {

using tls::TlsContext;

bool is_judged(const TlsContext& context) {
  return context.gateway == "flex" && context.role == tls::Role::Upstream && context.enabled &&
         context.versions.known() && context.ciphers.known();
}

std::vector<tls::Version> shared_versions(const TlsContext& context, const TlsContext& seen) {
  std::vector<tls::Version> result;
  for (const tls::Version version : context.versions.value) {
    if (tls::enables(seen, version)) result.push_back(version);
  }
  return result;
}

bool shares_cipher(const TlsContext& context, const TlsContext& seen, tls::Version version) {
  const auto ours = context.ciphers.value.find(version);
  const auto theirs = seen.ciphers.value.find(version);
  if (ours == context.ciphers.value.end() || theirs == seen.ciphers.value.end()) return false;
  return std::any_of(ours->second.begin(), ours->second.end(), [&](tls::CipherSuite suite) {
    return std::find(theirs->second.begin(), theirs->second.end(), suite) != theirs->second.end();
  });
}

Span place(const TlsContext& context, bool has_versions) {
  if (has_versions) return context.cipher_list.where;
  return context.max_version.written() ? context.max_version.where : context.min_version.where;
}

void compare(const TlsContext& context, const TlsContext& seen, lint::Reporter& out) {
  const std::vector<tls::Version> versions = shared_versions(context, seen);
  // A suite that the probe could not tell may be the one that both sides have.
  if (!versions.empty() && !seen.ciphers.known()) return;
  const bool connects = std::any_of(versions.begin(), versions.end(),
                                    [&](tls::Version version) { return shares_cipher(context, seen, version); });
  if (connects) return;
  const std::string& name = seen.endpoint;
  const std::string message =
      versions.empty()
          ? fmt::format("{} was seen with {}, this context has {}; no version is in both", name,
                        tls::names(seen.versions.value), tls::names(context.versions.value))
          : fmt::format("{} was seen with no cipher suite of this context for {}; no handshake can succeed", name,
                        tls::names(versions));
  out.add(context, place(context, !versions.empty()), message);
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  for (const TlsContext& context : set.reading.contexts) {
    if (!is_judged(context)) continue;
    const std::string called = tls::authority(context.endpoint);
    for (const TlsContext* seen : set.observed) {
      if (seen->versions.known() && tls::authority(seen->endpoint) == called) compare(context, *seen, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/upstream-mismatch",
    .summary = "the upstream shares no version or suite with its outbound context",
    .why =
        "A context that names versions or suites which the upstream does not have makes every call fail. What an "
        "upstream has cannot be seen in a configuration: the rule compares with the result of a probe and says nothing "
        "without one. The example fails against an upstream that was probed and speaks TLS 1.3 alone.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Configuring Policy Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"RFC 8446", "4.1.1", "https://www.rfc-editor.org/rfc/rfc8446#section-4.1.1"}},
    .severity = Severity::Error,
    .fix = "none: list what a probe of the upstream shows",
    .needs_probe = true,
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT
    minversion: "1.2"
    maxversion: "1.2"
    ciphers:
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
)"},
    .good = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
)"},
    .check = check,
};

}  // namespace tlsward::rules::flex_upstream_mismatch
