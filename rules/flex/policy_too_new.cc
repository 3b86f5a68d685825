// flex/policy-too-new: a policy or parameter that the release does not have yet.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_policy_too_new {
namespace {

using gateways::flex::Model;

using gateways::ProductVersion;
using gateways::flex::Binding;
using gateways::flex::TlsObject;

// "First Flex version available" of https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound and
// https://docs.mulesoft.com/gateway/1.8/policies-included-tls (read 2026-11-22).
constexpr ProductVersion kOutbound{1, 4};
constexpr ProductVersion kInbound{1, 0};
constexpr ProductVersion kInboundMutual{1, 3};

void report(Span where, std::string_view what, ProductVersion since, ProductVersion release, std::string_view subject,
            lint::Reporter& out) {
  out.add(where,
          fmt::format("{} is not in Flex Gateway {}; it needs {} or later", what, gateways::name(release),
                      gateways::name(since)),
          subject);
}

void check(const Model& model, lint::Reporter& out) {
  for (const Binding& binding : model.bindings) {
    if (binding.tls == gateways::flex::kNone) continue;
    const auto& version = model.resources[binding.resource].version;
    if (version.guessed) continue;
    const ProductVersion since = gateways::flex::is_outbound(binding) ? kOutbound : kInbound;
    if (version.number < since) {
      report(binding.policy.where, binding.policy.value, since, version.number, binding.subject, out);
      continue;
    }
    const TlsObject& object = model.tls_objects[binding.tls];
    if (!gateways::flex::is_inbound(binding) || !object.require_client_certificate) continue;
    if (version.number >= kInboundMutual) continue;
    report(object.require_client_certificate->key_where, "requireClientCertificate", kInboundMutual, version.number,
           binding.subject, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/policy-too-new",
    .summary = "a TLS policy is newer than the release",
    .why =
        "A release that does not know a policy cannot apply it: before 1.4 nothing protects the upstream as the "
        "outbound policy says, and before 1.3 requireClientCertificate lets clients in without a certificate. Judged "
        "only where the release is named.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "First Flex version available",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, inbound TLS policy", "First Flex version available",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .fix = "none: update the gateway",
    .bad = {.gateway = "flex@1.3", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    name: tls-outbound  #~ flex/policy-too-new
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
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    .check = lint::on_model<gateways::flex::Model, check>,
};

}  // namespace tlsward::rules::flex_policy_too_new
