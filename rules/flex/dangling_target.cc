// flex/dangling-target: a TLS policy is bound to a resource that is not there.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_dangling_target {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::ResourceKind;
using gateways::flex::TargetKind;

bool has_found_it(const Binding& binding) {
  return gateways::flex::is_outbound(binding) && binding.target.kind == TargetKind::Service
             ? !binding.upstreams.empty()
             : !binding.instances.empty();
}

/// A name that can be looked for. tls-outbound without kind is the matter of flex/outbound-not-on-service.
bool is_searchable(const Model& model, const Binding& binding) {
  const auto& target = binding.target;
  if (!target.name_space.written() && model.resources[binding.resource].name_space.unresolved) return false;
  if (binding.tls == gateways::flex::kNone || binding.form != Binding::Form::Resource) return false;
  if (target.open || !target.name.known()) return false;
  if (target.kind == TargetKind::Absent) return gateways::flex::is_inbound(binding);
  return target.kind == TargetKind::ApiInstance || target.kind == TargetKind::Service;
}

/// True where such a resource is there, or one whose name or namespace is not known. A Service that an inbound policy
/// names by mistake is there all the same.
bool may_exist(const Model& model, const Binding& binding, ResourceKind kind) {
  return std::any_of(model.resources.begin(), model.resources.end(), [&](const auto& resource) {
    if (resource.kind != kind) return false;
    const bool is_named = resource.name.unresolved || resource.name.value == binding.target.name.value;
    return is_named && (resource.name_space.unresolved ||
                        gateways::flex::namespace_of(resource) == gateways::flex::target_namespace(model, binding));
  });
}

void check(const Model& model, lint::Reporter& out) {
  for (const Binding& binding : model.bindings) {
    if (!is_searchable(model, binding) || has_found_it(binding)) continue;
    const bool is_service = binding.target.kind == TargetKind::Service;
    const ResourceKind kind = is_service ? ResourceKind::Service : ResourceKind::ApiInstance;
    if (may_exist(model, binding, kind)) continue;
    const std::string name = fmt::format("{} '{}/{}'", is_service ? "Service" : "ApiInstance",
                                         gateways::flex::target_namespace(model, binding), binding.target.name.value);
    const std::size_t others = gateways::flex::count(model, kind);
    if (!out.options().read.from_directory || others == 0) {
      out.add(Severity::Info, binding.target.name.where,
              fmt::format("{} is not in the input, so the policy was checked without its address", name),
              binding.subject);
      continue;
    }
    out.add(Severity::Error, binding.target.name.where,
            fmt::format("{} does not exist; this directory has {} other{}", name, others,
                        others == 1 ? " of that kind" : "s of that kind"),
            binding.subject);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/dangling-target",
    .summary = "a TLS policy is bound to a resource that does not exist",
    .why =
        "A policy whose target does not exist protects nothing, and the gateway starts all the same: the Service that "
        "was meant is then called with the built-in context, the ApiInstance has no certificate. It is an error where "
        "a whole directory was read and holds resources of that kind, and information where the target may simply "
        "stand in another file.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Resource Configuration Examples",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, declarative configuration", "Policy Binding",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: correct the name, or add the resource",
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
    name: biling  #~ flex/dangling-target
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

}  // namespace tlsward::rules::flex_dangling_target
