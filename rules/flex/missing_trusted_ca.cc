// flex/missing-trusted-ca: the upstream is to be verified, and nothing says by whom.
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_missing_trusted_ca {
namespace {

using gateways::flex::Model;

using gateways::flex::Direction;
using gateways::flex::Switch;
using gateways::flex::TlsObject;

void check(const Model& model, lint::Reporter& out) {
  for (const TlsObject& object : model.tls_objects) {
    if (object.direction != Direction::Outbound || object.open || gateways::flex::has_text(object.trusted_ca)) continue;
    const Switch skip = gateways::flex::read_switch(object.skip_validation);
    if (skip == Switch::On || skip == Switch::Unknown) continue;
    Finding& finding = out.add(object.trusted_ca ? object.trusted_ca->value.where : object.key,
                               "no trustedCA here, but it is required unless skipValidation is true", object.subject);
    finding.label = object.trusted_ca ? "empty" : "no trustedCA here";
    if (object.skip_validation)
      finding.related.push_back({object.skip_validation->value.where, "the upstream is verified"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/missing-trusted-ca",
    .summary = "trustedCA is missing although the upstream is verified",
    .why =
        "Verification needs a CA to start from, and the parameter is required unless skipValidation is true. The pages "
        "of Flex Gateway 1.13 add that without it the CAs of the operating system are used; that contradicts the "
        "column that calls it required, and it would let any public CA vouch for the upstream. Naming the CA is right "
        "either way.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Omni Gateway 1.13, outbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.13/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: only you know which CA signs the certificate of the upstream",
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
  config:  #~ flex/missing-trusted-ca
    skipValidation: false
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

}  // namespace tlsward::rules::flex_missing_trusted_ca
