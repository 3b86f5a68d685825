// flex/builtin-outbound-defaults: an https upstream without a context of its own.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_builtin_outbound_defaults {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::TargetKind;
using gateways::flex::Upstream;

// tls-outbound exists since 1.4: https://docs.mulesoft.com/gateway/1.4/policies-included-tls-outbound
constexpr gateways::ProductVersion kFirstOutbound{1, 4};

/// A policy that may be meant for this upstream, although it or its target is not known well enough to say so. A target
/// of another kind is a matter of its own: flex/outbound-not-on-service.
bool may_apply(const Model& model, const Binding& binding, const Upstream& upstream) {
  if (!gateways::flex::is_outbound(binding) && !binding.policy.unresolved) return false;
  const auto& target = binding.target;
  const auto& resource = model.resources[upstream.resource];
  if (target.open || target.name.unresolved) return true;
  if (target.kind == TargetKind::Selector) return binding.policy.unresolved || resource.labels_open;
  if (target.kind != TargetKind::Service) return true;
  const bool is_named = resource.name.unresolved || target.name.value == upstream.name ||
                        (upstream.inlined && target.name.value.ends_with("-" + upstream.name));
  const bool in_namespace = resource.name_space.unresolved || model.resources[binding.resource].name_space.unresolved ||
                            gateways::flex::namespace_of(resource) == gateways::flex::target_namespace(model, binding);
  return is_named && in_namespace;
}

bool is_old(const gateways::GatewayVersion& version) {
  return !version.guessed && version.number < kFirstOutbound;
}

void check(const Model& model, lint::Reporter& out) {
  for (const Upstream& upstream : model.upstreams) {
    if (upstream.parsed.scheme != "https" || !upstream.bindings.empty()) continue;
    if (is_old(model.resources[upstream.resource].version)) continue;
    if (std::any_of(model.bindings.begin(), model.bindings.end(),
                    [&](const Binding& binding) { return may_apply(model, binding, upstream); }))
      continue;
    out.add(
        upstream.address.where,
        fmt::format("{} has no tls-outbound, so the built-in context applies: TLS 1.2 alone, with default suites that "
                    "may change with the release; bind tls-outbound to pin it",
                    upstream.subject),
        upstream.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/builtin-outbound-defaults",
    .summary = "an https upstream relies on the built-in TLS defaults",
    .why =
        "Without a context of its own an upstream is called with TLS 1.2 alone and with the default suites of the "
        "installed release, which may change with the next one. Whether its certificate is checked, and by whom, is "
        "not documented. A tls-outbound policy bound to the Service settles all of it.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "none: bind tls-outbound to the Service",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443  #~ flex/builtin-outbound-defaults
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

}  // namespace tlsward::rules::flex_builtin_outbound_defaults
