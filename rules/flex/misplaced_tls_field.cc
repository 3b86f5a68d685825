// flex/misplaced-tls-field: a setting of the other direction.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_misplaced_tls_field {
namespace {

namespace flex = gateways::flex;

void check_member(const flex::TlsObject& object, const Member* member, std::string_view other, lint::Reporter& out) {
  if (!member) return;
  out.add(member->key_where, fmt::format("'{}' has no effect here; it belongs to {}", member->key, other),
          object.subject);
}

/// `tls` is no field of the two; a policy brings TLS to them.
void check_owner(const Node* owner, std::string_view policy, const std::string& subject, lint::Reporter& out) {
  const Member* member = owner != nullptr ? owner->find_member("tls") : nullptr;
  if (member == nullptr || member->key_unresolved) return;
  Finding& finding = out.add(
      member->key_where,
      fmt::format("'tls' has no effect here; TLS comes by a PolicyBinding with the policy {}", policy), subject);
  lint::Reporter::lower(finding, Confidence::Medium);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Instance& instance : model.instances)
    check_owner(instance.spec, "tls", model.resources[instance.resource].subject, out);
  for (const flex::Upstream& upstream : model.upstreams)
    check_owner(upstream.node, "tls-outbound", upstream.subject, out);
  for (const flex::TlsObject& object : model.tls_objects) {
    if (object.direction == flex::Direction::Inbound) check_member(object, object.skip_validation, "tls-outbound", out);
    if (object.direction == flex::Direction::Outbound)
      check_member(object, object.require_client_certificate, "the inbound policy tls", out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/misplaced-tls-field",
    .summary = "a setting of the inbound policy stands in the outbound one, or the reverse",
    .why =
        "skipValidation says how upstreams are verified, requireClientCertificate whether clients must show a "
        "certificate. In the policy of the other direction they are ignored, and the control that was meant "
        "is off.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"},
              {"Flex Gateway 1.8, outbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: move it to the policy that it belongs to",
    .replaces = {"config/unknown-field"},
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
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    requireClientCertificate: true  #~ flex/misplaced-tls-field
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

}  // namespace tlsward::rules::flex_misplaced_tls_field
