// tls/h2-prohibited-ciphers: HTTP/2 over TLS 1.2 with suites that it prohibits.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"

namespace tlsward::rules::tls_h2_prohibited_ciphers {
namespace {

/// Where only some are prohibited, tls/weak-cipher names the same suites.
void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  if (!tls::offers_http2(context) || !context.ciphers.known()) return;
  const auto suites = tls::usable_suites(context, tls::kTls12);
  if (suites.empty() || !std::all_of(suites.begin(), suites.end(), tls::prohibited_in_http2)) return;
  out.add(context, Span{},
          fmt::format("{} offers h2, but HTTP/2 prohibits every suite that it has for TLS 1.2; it needs ECDHE with an "
                      "AEAD cipher",
                      context.endpoint));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (tls::is_observed(context)) return check_observed(context, out);
  // A gateway that does not even start with the list says so in a rule of its own.
  if (!context.enabled || !context.start_failure.empty() || !tls::offers_http2(context)) return;
  if (!context.cipher_list.written() || !context.versions.known() || !context.ciphers.known()) return;
  const auto suites = tls::usable_suites(context, tls::kTls12);
  if (suites.empty()) return;
  const std::size_t all = suites.size();
  const auto bad = static_cast<std::size_t>(std::count_if(suites.begin(), suites.end(), tls::prohibited_in_http2));
  if (bad == 0) return;
  out.add(bad == all ? Severity::Error : Severity::Info, context, context.cipher_list.where,
          fmt::format("HTTP/2 prohibits {} of {} suites for TLS 1.2; it needs ECDHE with an AEAD cipher", bad, all));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/h2-prohibited-ciphers",
    .summary = "HTTP/2 is offered with cipher suites that it prohibits",
    .why =
        "HTTP/2 over TLS 1.2 prohibits all suites without ephemeral keys or without AEAD. Peers end such a connection "
        "with INADEQUATE_SECURITY. Where some of the listed suites are allowed, only peers that know none of those are "
        "hit.",
    .cites = {{"RFC 9113", "9.2.2, A", "https://www.rfc-editor.org/rfc/rfc9113#section-9.2.2"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: list TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, or the ECDSA one for an EC certificate",
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
    ciphers: [TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA]   #~ tls/h2-prohibited-ciphers
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
    ciphers: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_h2_prohibited_ciphers
