// flex/unenforced-client-ca: trust anchors for clients that nobody asks for a certificate.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unenforced_client_ca {
namespace {

namespace flex = gateways::flex;

// requireClientCertificate and trustedCA: "inbound mTLS: v1.3.0",
// https://docs.mulesoft.com/gateway/1.8/policies-included-tls (read 2026-11-26).
constexpr gateways::ProductVersion kInboundMutual{1, 3};

/// There is nothing that could be required.
bool is_too_old(const flex::Model& model, const flex::TlsObject& object) {
  const gateways::GatewayVersion& version = model.resources[object.resource].version;
  return !version.guessed && version.number < kInboundMutual;
}

void check_absent(const flex::TlsObject& object, lint::Reporter& out) {
  Finding& finding =
      out.add(object.trusted_ca->key_where,
              "clients are not asked for a certificate although trustedCA is there; set requireClientCertificate: true",
              object.subject);
  const bool is_addable =
      object.node && !object.node->find("requireClientCertificate") && !object.node->used_at.known();
  if (is_addable) finding.fix = out.insert(object.node->where, "requireClientCertificate", "true", false);
}

void check_off(const flex::TlsObject& object, lint::Reporter& out) {
  const Node& value = object.require_client_certificate->value;
  Finding& finding =
      out.add(Severity::Warning, value.where,
              "requireClientCertificate is false, so that trustedCA has no effect; true asks clients for a certificate",
              object.subject);
  if (!value.used_at.known()) finding.fix = out.replace(value.where, "true", "require client certificates", false);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    if (object.direction != flex::Direction::Inbound || !flex::has_text(object.trusted_ca)) continue;
    if (is_too_old(model, object)) continue;
    const flex::Switch required = flex::read_switch(object.require_client_certificate);
    if (required == flex::Switch::Absent && !object.open) check_absent(object, out);
    if (required == flex::Switch::Off) check_off(object, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unenforced-client-ca",
    .summary = "trust anchors for clients are there, and no client is asked for a certificate",
    .why =
        "requireClientCertificate is false by default. With trustedCA alone the listener looks like mutual "
        "TLS and lets everybody in who reaches it. Written out as false it may be meant, which is a warning.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: requireClientCertificate: true; clients without a certificate are then refused",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    trustedCA: $CLIENT_CA  #~ flex/unenforced-client-ca
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: $ORDERS_KEY
      crt: $ORDERS_CRT
    trustedCA: $CLIENT_CA
    requireClientCertificate: true
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_unenforced_client_ca
