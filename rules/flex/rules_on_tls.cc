// flex/rules-on-tls: request rules on a policy of the handshake.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_rules_on_tls {
namespace {

namespace flex = gateways::flex;

enum class Presence : std::uint8_t { None, Perhaps, Some };

/// Whether there are any rules at all.
Presence presence_of(const Node& rules) {
  if (rules.unresolved) return Presence::Perhaps;
  if (!rules.items.empty() || !rules.members.empty()) return Presence::Some;
  if (rules.open) return Presence::Perhaps;
  return rules.is_scalar() && !rules.is_null() ? Presence::Some : Presence::None;
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (binding.tls == flex::kNone || !binding.rules) continue;
    const Presence presence = presence_of(binding.rules->value);
    if (presence == Presence::None) continue;
    Finding& finding =
        out.add(binding.rules->key_where,
                fmt::format("rules have no effect on {}: a handshake is over before there is a path or method",
                            binding.policy.value),
                binding.subject);
    if (presence == Presence::Perhaps) lint::Reporter::lower(finding, Confidence::Low);
    finding.fix = out.remove(binding.rules->key_where, "remove rules", true);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/rules-on-tls",
    .summary = "rules on a TLS policy have no effect",
    .why =
        "rules choose requests by path, method or header. A TLS handshake is over before any of them exists, "
        "so that the policy holds for the whole listener or upstream; whoever wrote the rule expects "
        "otherwise.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "PolicyBinding, spec.rules",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"},
              {"Flex Gateway 1.8, outbound TLS policy", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "safe: remove the key",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
  rules:  #~ flex/rules-on-tls
    - path: /payments/.*
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    minversion: "1.2"
    maxversion: "1.3"
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
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_rules_on_tls
