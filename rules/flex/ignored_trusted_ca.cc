// flex/ignored-trusted-ca: trust anchors beside a switched-off verification.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_ignored_trusted_ca {
namespace {

namespace flex = gateways::flex;

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    if (object.direction == flex::Direction::Inbound || !flex::has_text(object.trusted_ca)) continue;
    if (flex::read_switch(object.skip_validation) != flex::Switch::On) continue;
    Finding& finding =
        out.add(object.trusted_ca->key_where, "trustedCA is ignored while skipValidation is true", object.subject);
    finding.related.push_back({object.skip_validation->value.where, "verification is off"});
    if (!object.skip_validation->value.used_at.known())
      finding.fix = out.replace(object.skip_validation->value.where, "false", "verify with trustedCA", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/ignored-trusted-ca",
    .summary = "trustedCA has no effect while skipValidation is true",
    .why =
        "Whoever writes trust anchors expects that they count. With skipValidation: true every certificate is "
        "accepted, those of an attacker too.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "unsafe: skipValidation: false; upstreams that trustedCA does not cover are then refused",
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
    skipValidation: true
    trustedCA: $BILLING_CA  #~ flex/ignored-trusted-ca
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

}  // namespace tlsward::rules::flex_ignored_trusted_ca
