// flex/reused-outbound-context: two providers see the same client certificate, or the same CA vouches for both.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_reused_outbound_context {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::Switch;
using gateways::flex::TlsObject;
using gateways::flex::Upstream;

/// One upstream of a policy that takes part: verified, and called by a name under some domain.
struct Use {
  const Binding* binding;
  const TlsObject* object;
  const Upstream* upstream;
  std::string domain;
};

std::vector<Use> uses(const Model& model) {
  std::vector<Use> result;
  for (const Binding& binding : model.bindings) {
    if (!gateways::flex::is_outbound(binding)) continue;
    const TlsObject& object = model.tls_objects[binding.tls];
    if (gateways::flex::read_switch(object.skip_validation) == Switch::On) continue;
    for (const std::size_t index : binding.upstreams) {
      const Upstream& upstream = model.upstreams[index];
      const std::string& host = upstream.parsed.host;
      // Names without a dot and addresses say nothing about who runs the machine.
      if (host.find('.') == std::string::npos || gateways::is_ip_literal(host)) continue;
      result.push_back({&binding, &object, &upstream, gateways::registrable_domain(host)});
    }
  }
  return result;
}

/// The part of the policy that is compared, and what it is called.
struct Part {
  const Member* TlsObject::*member;
  std::string_view name;
};
constexpr Part kParts[] = {{&TlsObject::certificate_crt, "client certificate"}, {&TlsObject::trusted_ca, "trustedCA"}};

const Use* earlier_user(const std::vector<Use>& all, std::size_t index, const Part& part) {
  const Use& use = all[index];
  const std::string digest = gateways::flex::pem_digest(use.object->*part.member);
  if (digest.empty()) return nullptr;
  for (std::size_t i = 0; i < index; ++i) {
    const Use& other = all[i];
    if (other.binding == use.binding || other.domain == use.domain) continue;
    if (gateways::flex::pem_digest(other.object->*part.member) == digest) return &other;
  }
  return nullptr;
}

void check(const Model& model, lint::Reporter& out) {
  const std::vector<Use> all = uses(model);
  for (std::size_t index = 0; index < all.size(); ++index) {
    for (const Part& part : kParts) {
      const Use* other = earlier_user(all, index, part);
      if (!other) continue;
      const Member& member = *(all[index].object->*part.member);
      Finding& finding = out.add(member.key_where,
                                 fmt::format("'{}' and '{}' share one {}; different providers normally have one each",
                                             other->upstream->parsed.host, all[index].upstream->parsed.host, part.name),
                                 all[index].binding->subject);
      finding.related.push_back({(other->object->*part.member)->key_where, "the same text is used here"});
      // One copied block is one finding; the CA comes with it.
      break;
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/reused-outbound-context",
    .summary = "upstreams of different providers share a client certificate or CA",
    .why =
        "Upstreams under different domains usually belong to different providers. One client certificate for both lets "
        "them recognise you as the same customer and puts both at risk when its key leaks; one CA for both lets either "
        "provider's CA vouch for the other.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "none: use a key pair and a CA of its own for each provider",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: shipping
spec:
  address: https://api.shipping.test:443
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
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: shipping-tls
spec:
  targetRef:
    kind: Service
    name: shipping
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT  #~ flex/reused-outbound-context
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
kind: Service
metadata:
  name: shipping
spec:
  address: https://api.shipping.test:443
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
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: shipping-tls
spec:
  targetRef:
    kind: Service
    name: shipping
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $SHIPPING_CA
    certificate:
      key: $SHIPPING_CLIENT_KEY
      crt: $SHIPPING_CLIENT_CRT
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

}  // namespace tlsward::rules::flex_reused_outbound_context
