// flex/ip-upstream: an upstream that is verified, but called by its address.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_ip_upstream {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::Switch;
using gateways::flex::TlsObject;
using gateways::flex::Upstream;

/// The policy that verifies the upstream, or nullptr where none is known to.
const TlsObject* verifier(const Model& model, const Upstream& upstream) {
  for (const std::size_t index : upstream.bindings) {
    const TlsObject& object = model.tls_objects[model.bindings[index].tls];
    const Switch skip = gateways::flex::read_switch(object.skip_validation);
    if (skip == Switch::Off || (skip == Switch::Absent && !object.open)) return &object;
  }
  return nullptr;
}

void check(const Model& model, lint::Reporter& out) {
  for (const Upstream& upstream : model.upstreams) {
    if (upstream.parsed.scheme != "https" || !gateways::is_ip_literal(upstream.parsed.host)) continue;
    const TlsObject* object = verifier(model, upstream);
    if (!object) continue;
    Finding& finding =
        out.add(upstream.address.where,
                fmt::format("'{}' is an address, but Flex Gateway matches only DNS names of a certificate, so "
                            "it cannot be verified; use a host name",
                            upstream.parsed.host),
                upstream.subject);
    finding.related.push_back({object->key, "verified by this context"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/ip-upstream",
    .summary = "an upstream that is verified is addressed by IP",
    .why =
        "Flex Gateway compares the name that it calls with the dNSName entries of the certificate and knows no others, "
        "so an IP address matches nothing, even where the certificate lists it. Give the upstream a host name that its "
        "certificate covers.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"RFC 9525", "6.3, 6.4", "https://www.rfc-editor.org/rfc/rfc9525#section-6.3"}},
    .severity = Severity::Warning,
    .fix = "none: use a host name that the certificate covers",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://10.0.0.5:443  #~ flex/ip-upstream
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

}  // namespace tlsward::rules::flex_ip_upstream
