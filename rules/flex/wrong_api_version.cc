// flex/wrong-api-version: a resource of another API version than the gateway reads.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_wrong_api_version {
namespace {

using gateways::flex::Model;

using gateways::flex::kApiVersion;
using gateways::flex::kBetaApiVersion;
using gateways::flex::Resource;
using gateways::flex::ResourceKind;

/// In a directory of Kubernetes files other groups have kinds of the same name.
bool is_foreign(const Resource& resource) {
  const std::string& text = resource.api_version.value;
  return text.find('/') != std::string::npos && text.find("mulesoft") == std::string::npos;
}

/// True where the resource can only be one of Flex Gateway. A Service of Kubernetes has no `address`.
bool is_ours(const Model& model, std::size_t index) {
  const Resource& resource = model.resources[index];
  if (resource.api_version.value.find("mulesoft") != std::string::npos) return true;
  if (resource.kind == ResourceKind::ApiInstance || resource.kind == ResourceKind::PolicyBinding) return true;
  return resource.kind == ResourceKind::Service &&
         std::any_of(model.upstreams.begin(), model.upstreams.end(),
                     [&](const auto& upstream) { return upstream.resource == index && upstream.address.written(); });
}

void check(const Model& model, lint::Reporter& out) {
  for (std::size_t index = 0; index < model.resources.size(); ++index) {
    const Resource& resource = model.resources[index];
    const auto& written = resource.api_version;
    if (written.unresolved || written.value == kApiVersion || written.value == kBetaApiVersion) continue;
    if (is_foreign(resource) || !is_ours(model, index)) continue;
    if (written.written()) {
      Finding& finding = out.add(
          written.where, fmt::format("apiVersion '{}' is none of Flex Gateway; use {}", written.value, kApiVersion),
          resource.subject);
      finding.fix = out.replace(written.where, std::string(kApiVersion), fmt::format("set to {}", kApiVersion), false);
      continue;
    }
    if (resource.open) continue;
    Finding& finding =
        out.add(resource.head, fmt::format("no apiVersion here; {} is needed", kApiVersion), resource.subject);
    finding.label = "no apiVersion here";
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/wrong-api-version",
    .summary = "apiVersion is none of Flex Gateway",
    .why =
        "Resources of Flex Gateway are of gateway.mulesoft.com/v1alpha1, some samples of the vendor of v1beta1. One "
        "with "
        "another API version is not taken, so its addresses and policies, TLS policies among them, do not exist for "
        "the gateway.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Resource Configuration Examples",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway 1.8, declarative configuration", "",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "unsafe: write the API version; the resource then takes effect",
    .bad = {.gateway = "flex", .text = R"(apiVersion: gateway.mulesoft.com/v1  #~ flex/wrong-api-version
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

}  // namespace tlsward::rules::flex_wrong_api_version
