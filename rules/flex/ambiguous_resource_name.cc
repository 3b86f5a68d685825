// flex/ambiguous-resource-name: a resource that has no name, or one that another has too.
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_ambiguous_resource_name {
namespace {

namespace flex = gateways::flex;

using Identity = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name

std::string description(const flex::Resource& resource) {
  return fmt::format("{} '{}/{}'", resource.kind_text.value, flex::namespace_of(resource), resource.name.value);
}

void check_name(const flex::Resource& resource, std::map<Identity, const flex::Resource*>& seen, lint::Reporter& out) {
  if (!resource.name.written()) {
    if (resource.open) return;
    out.add(resource.head, fmt::format("{} has no metadata.name", resource.kind_text.value), resource.subject);
    return;
  }
  if (resource.name.unresolved || resource.name_space.unresolved) return;
  const Identity identity{resource.kind_text.value, std::string(flex::namespace_of(resource)), resource.name.value};
  const auto [first, is_new] = seen.try_emplace(identity, &resource);
  if (is_new) return;
  Finding& finding = out.add(
      resource.name.where,
      fmt::format("{} is defined twice; each name is there once for a kind and a namespace", description(resource)),
      resource.subject);
  finding.related.push_back({first->second->name.where, "first defined here"});
}

void check(const flex::Model& model, lint::Reporter& out) {
  std::map<Identity, const flex::Resource*> seen;
  for (const flex::Resource& resource : model.resources) {
    if (!resource.kind_text.known() || !resource.api_version.written()) continue;
    check_name(resource, seen, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/ambiguous-resource-name",
    .summary = "a resource has no name, or the name of another",
    .why =
        "Flex Gateway keeps resources by kind, namespace and name. Without a name the resource is refused; of "
        "two with one name the one that is read later takes the place of the other, so that a TLS policy may "
        "vanish without a word.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "metadata.name",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "none: give each its own name",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    minversion: "1.2"
    maxversion: "1.3"
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls  #~ flex/ambiguous-resource-name
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
  config:
    skipValidation: false
    trustedCA: $BILLING_CA
    minversion: "1.3"
    maxversion: "1.3"
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    minversion: "1.2"
    maxversion: "1.3"
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_ambiguous_resource_name
