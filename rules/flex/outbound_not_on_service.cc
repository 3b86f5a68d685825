// flex/outbound-not-on-service: an outbound TLS policy that is bound to something else than an upstream.
#include <optional>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_outbound_not_on_service {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::Instance;
using gateways::flex::TargetKind;

constexpr std::string_view kWanted = "tls-outbound protects an upstream and needs kind: Service";

/// Bound to the ApiInstance, as 1.4 wanted it.
bool is_right_for_release(const Model& model, const Binding& binding) {
  const auto& version = model.resources[binding.resource].version;
  const bool on_instance = binding.target.kind == TargetKind::Absent || binding.target.kind == TargetKind::ApiInstance;
  return on_instance && !version.guessed && version.number < gateways::flex::kOutboundOnService;
}

bool is_misplaced(const Binding& binding) {
  if (binding.form != Binding::Form::Resource) return false;  // among an ApiInstance's: flex/inline-outbound-policy
  if (binding.target.kind == TargetKind::Absent) return !binding.target.open;
  const bool fits = binding.target.kind == TargetKind::Service || binding.target.kind == TargetKind::Selector;
  return !fits && !binding.target.kind_text.unresolved;
}

std::string message(const Binding& binding) {
  if (!binding.target.node) return fmt::format("no targetRef here; {}", kWanted);
  if (!binding.target.kind_text.written())
    return fmt::format("targetRef without kind means an ApiInstance; {}", kWanted);
  return fmt::format("targetRef names the kind '{}'; {}", binding.target.kind_text.value, kWanted);
}

Span place(const Binding& binding) {
  if (!binding.target.node) return binding.policy.where;
  return binding.target.kind_text.written() ? binding.target.kind_text.where : binding.target.key;
}

std::optional<Fix> fix(const Binding& binding, const lint::Reporter& out) {
  // With such an ApiInstance in the input the name is not the one of a Service.
  if (!binding.target.node || !binding.instances.empty()) return std::nullopt;
  if (binding.target.kind_text.written()) {
    const Span where = binding.target.kind_text.where;
    return out.replace(where, lint::spelled("Service", where, out), "bind it to the Service", false);
  }
  if (binding.target.node->find("kind") || binding.target.node->used_at.known()) return std::nullopt;
  const Span target = binding.target.node->where;
  return out.insert(target, "kind", lint::spelled("Service", target, out), false);
}

void check(const Model& model, lint::Reporter& out) {
  for (const Binding& binding : model.bindings) {
    if (!gateways::flex::is_outbound(binding) || !is_misplaced(binding)) continue;
    if (is_right_for_release(model, binding)) continue;
    Finding& finding = out.add(place(binding), message(binding), binding.subject);
    if (!binding.target.kind_text.written() && binding.target.node) finding.label = "no kind here";
    if (model.resources[binding.resource].version.guessed) lint::Reporter::lower(finding, Confidence::Medium);
    finding.fix = fix(binding, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/outbound-not-on-service",
    .summary = "tls-outbound is not bound to a Service",
    .why =
        "Since Flex Gateway 1.5 the outbound policy is bound to the upstream Service. A targetRef without kind is "
        "taken for an ApiInstance, so the policy does not reach the upstream, which is then called with the built-in "
        "context: no CA of yours, no client certificate. Only 1.4 bound it to the ApiInstance.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.4, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.4/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "unsafe: set targetRef.kind to Service; the context then takes effect",
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
  targetRef:  #~ flex/outbound-not-on-service
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
    .check = lint::on_model<gateways::flex::Model, check>,
};

}  // namespace tlsward::rules::flex_outbound_not_on_service
