// flex/missing-skip-validation: an outbound TLS policy does not say whether the upstream is verified.
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_missing_skip_validation {
namespace {

using gateways::flex::Model;

using gateways::flex::Direction;
using gateways::flex::TlsObject;

bool is_missing(const TlsObject& object) {
  return object.direction == Direction::Outbound && !object.open && !object.skip_validation;
}

void check(const Model& model, lint::Reporter& out) {
  for (const TlsObject& object : model.tls_objects) {
    if (!is_missing(object)) continue;
    Finding& finding = out.add(object.key, "no skipValidation here, but tls-outbound requires it; write true or false",
                               object.subject);
    finding.label = "no skipValidation here";
    // The key may stand there without a value; a second one would be a duplicate.
    const bool is_addable = object.node && !object.node->find("skipValidation") && !object.node->used_at.known();
    if (is_addable) finding.fix = out.insert(object.node->where, "skipValidation", "false", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/missing-skip-validation",
    .summary = "skipValidation is missing from a tls-outbound policy",
    .why =
        "The parameter is marked as required, although the same table gives it the default false. A policy without it "
        "may be refused, and whoever reads it cannot tell whether the upstream is verified on purpose.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "skipValidation",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "unsafe: add skipValidation: false, the documented default; a policy that was refused then takes effect",
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
  config:  #~ flex/missing-skip-validation
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

}  // namespace tlsward::rules::flex_missing_skip_validation
