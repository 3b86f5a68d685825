// tls/missing-h2-cipher: HTTP/2 over TLS 1.2 without the one suite that everybody must know.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"

namespace tlsward::rules::tls_missing_h2_cipher {
namespace {

// RFC 9113, 9.2.2: deployments of HTTP/2 with TLS 1.2 MUST support the first. The second is its twin for EC keys.
constexpr tls::CipherSuite kMandatory{0xC02F};
constexpr tls::CipherSuite kMandatoryForEc{0xC02B};

void check(const tls::TlsContext& context, lint::Reporter& out) {
  // A gateway that does not even start without the suite says so in a rule of its own.
  if (!context.enabled || !context.start_failure.empty() || !tls::offers_http2(context)) return;
  const bool observed = tls::is_observed(context);
  if (!observed && !context.cipher_list.written()) return;
  if (!context.versions.known() || !context.ciphers.known()) return;
  const auto suites = tls::usable_suites(context, tls::kTls12);
  // Where all are prohibited (or none is left), tls/h2-prohibited-ciphers (tls/version-without-cipher) says more.
  if (std::all_of(suites.begin(), suites.end(), tls::prohibited_in_http2)) return;
  const bool has_one = std::any_of(suites.begin(), suites.end(), [](tls::CipherSuite suite) {
    return suite == kMandatory || suite == kMandatoryForEc;
  });
  if (has_one) return;
  out.add(context, observed ? Span{} : context.cipher_list.where,
          fmt::format("h2 is offered over TLS 1.2 without {} (or {} for an EC certificate), the one suite that every "
                      "HTTP/2 peer knows",
                      tls::name(kMandatory), tls::name(kMandatoryForEc)));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/missing-h2-cipher",
    .summary = "HTTP/2 over TLS 1.2 lacks the suite that it makes mandatory",
    .why =
        "So that any two HTTP/2 peers have a suite in common, the standard makes TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 "
        "mandatory with TLS 1.2. A list without it can leave peers that offer little else with no common suite.",
    .cites = {{"RFC 9113", "9.2.2", "https://www.rfc-editor.org/rfc/rfc9113#section-9.2.2"}},
    .severity = Severity::Warning,
    .fix = "none: add the suite to the list",
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
    maxversion: "1.3"
    ciphers: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]   #~ tls/missing-h2-cipher
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
    ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384]
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_missing_h2_cipher
