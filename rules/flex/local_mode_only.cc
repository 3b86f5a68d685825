// flex/local-mode-only: a resource that a gateway in Connected Mode does not take.
#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_local_mode_only {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::Resource;
using gateways::flex::ResourceKind;

constexpr std::string_view kTaken = "Configuration, Service, Extension and TLS PolicyBinding";

bool is_taken(const Resource& resource) {
  return resource.kind == ResourceKind::Configuration || resource.kind == ResourceKind::Service ||
         resource.kind == ResourceKind::PolicyBinding || resource.kind_text.value == "Extension";
}

void check_policy(const Model& model, const Binding& binding, lint::Reporter& out) {
  if (binding.form != Binding::Form::Resource || binding.tls != gateways::flex::kNone || !binding.policy.known())
    return;
  if (!model.resources[binding.resource].api_version.value.starts_with("gateway.mulesoft.com")) return;
  out.add(binding.policy.where,
          fmt::format("a PolicyBinding of '{}' works in Local Mode alone; Connected Mode takes {}",
                      binding.policy.value, kTaken),
          binding.subject);
}

void check(const Model& model, lint::Reporter& out) {
  if (out.options().read.flex_mode != gateways::FlexMode::Connected) return;
  for (const Resource& resource : model.resources) {
    if (is_taken(resource) || !resource.kind_text.known()) continue;
    if (!resource.api_version.value.starts_with("gateway.mulesoft.com")) continue;
    out.add(resource.kind_text.where,
            fmt::format("kind {} works in Local Mode alone; Connected Mode takes {}, the rest comes from API Manager",
                        resource.kind_text.value, kTaken),
            resource.subject);
  }
  for (const Binding& binding : model.bindings) check_policy(model, binding, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/local-mode-only",
    .summary = "a resource of Local Mode is used in Connected Mode",
    .why =
        "A gateway in Connected Mode gets its APIs and policies from API Manager. Of the resources of this file format "
        "it takes only Configuration, Service, Extension, and PolicyBinding of the TLS policies; others are not "
        "applied. Judged only with --flex-mode connected.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway, register and run in Connected Mode", "Kubernetes",
               "https://docs.mulesoft.com/gateway/latest/flex-conn-reg-run"}},
    .severity = Severity::Error,
    .fix = "none: make the API in API Manager, and give it a TLS context there",
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance  #~ flex/local-mode-only
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
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
)",
            .options = "--flex-mode connected"},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
)",
             .options = "--flex-mode connected"},
    .check = lint::on_model<gateways::flex::Model, check>,
};

}  // namespace tlsward::rules::flex_local_mode_only
