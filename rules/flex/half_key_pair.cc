// flex/half-key-pair: a certificate without its key, or the reverse.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_half_key_pair {
namespace {

using gateways::flex::Model;

using gateways::flex::TlsObject;

bool is_half(const TlsObject& object) {
  if (!object.certificate || !object.certificate->value.is_map() || object.certificate->value.open) return false;
  return gateways::flex::has_text(object.certificate_key) != gateways::flex::has_text(object.certificate_crt);
}

void check(const Model& model, lint::Reporter& out) {
  for (const TlsObject& object : model.tls_objects) {
    if (!is_half(object)) continue;
    const bool has_key = gateways::flex::has_text(object.certificate_key);
    const std::string_view present = has_key ? "key" : "crt", absent = has_key ? "crt" : "key";
    Finding& finding =
        out.add(object.certificate->key_where,
                fmt::format("certificate has {} but no {}; a key pair needs both", present, absent), object.subject);
    finding.label = fmt::format("no {} here", absent);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/half-key-pair",
    .summary = "certificate has a key or a crt, but not both",
    .why =
        "The pages mark both parameters as optional (1.5 and 1.6 as required), yet only together are they a key pair: "
        "without the key nobody can "
        "prove that the certificate is theirs, and a key without its certificate cannot be shown. Leave both out or "
        "write both.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "certificate",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, inbound TLS policy", "certificate",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .fix = "none: the other half must come from you",
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
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:  #~ flex/half-key-pair
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

}  // namespace tlsward::rules::flex_half_key_pair
