// flex/inbound-without-certificate: an inbound TLS policy without a certificate.
#include <algorithm>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_inbound_without_certificate {
namespace {

namespace flex = gateways::flex;

/// Absent, null or empty; half a pair is flex/half-key-pair's.
bool lacks_pair(const flex::TlsObject& object) {
  if (flex::has_text(object.certificate_key) || flex::has_text(object.certificate_crt)) return false;
  return !object.certificate || object.certificate->value.is_null() ||
         (object.certificate->value.is_map() && !object.certificate->value.open);
}

/// True where every instance that it is bound to listens with http: flex/context-on-http.
bool is_for_http(const flex::Model& model, const flex::Binding& binding) {
  const auto& bound = binding.instances;
  return !bound.empty() && std::all_of(bound.begin(), bound.end(), [&](std::size_t index) {
    const flex::Instance& instance = model.instances[index];
    return instance.address.known() && instance.parsed.scheme == "http";
  });
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (!flex::is_inbound(binding) || is_for_http(model, binding)) continue;
    const flex::TlsObject& object = model.tls_objects[binding.tls];
    if (object.open || !lacks_pair(object)) continue;
    out.add(object.key, "no certificate here; an inbound TLS context needs certificate.key and certificate.crt",
            object.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/inbound-without-certificate",
    .summary = "an inbound TLS policy has no certificate",
    .why =
        "A TLS server shows a certificate. The pages call the two members optional since 1.7 and required "
        "before; without them no client gets through a handshake.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"},
              {"Flex Gateway 1.6, inbound TLS policy", "Parameters",
               "https://docs.mulesoft.com/gateway/1.6/policies-included-tls"}},
    .severity = Severity::Error,
    .fix = "none: give it a certificate and its key",
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
  config:  #~ flex/inbound-without-certificate
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
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_inbound_without_certificate
