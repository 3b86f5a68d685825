// flex/ambiguous-resource-name: a resource that has no name, or one that another has too.
#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_ambiguous_resource_name {
namespace {

namespace flex = gateways::flex;

using Identity = std::tuple<std::string, std::string, std::string>;  // kind, namespace, name
using Seen = std::map<Identity, std::vector<const flex::Resource*>>;

/// In a directory of Kubernetes files other groups have kinds of the same name.
bool is_ours(const flex::Resource& resource) {
  return resource.kind_text.known() && resource.api_version.value.find("mulesoft") != std::string::npos;
}

bool has_no_name(const flex::Resource& resource) {
  return !resource.name.written() || (resource.name.known() && resource.name.value.empty());
}

/// The definition of a custom policy in the project that builds it: the name comes in when it is released.
bool is_policy_source(const flex::Resource& resource) {
  const Node* spec = resource.kind_text.value == "Extension" ? resource.document->root.find("spec") : nullptr;
  const Node* extends = spec != nullptr ? spec->find("extends") : nullptr;
  return extends != nullptr && std::any_of(extends->items.begin(), extends->items.end(), [](const Node& base) {
           const Node* name = base.find("name");
           return name != nullptr && name->scalar == "extension-definition";
         });
}

void check_repeated(const flex::Resource& resource, Seen& seen, lint::Reporter& out) {
  if (!resource.name.known() || resource.name_space.unresolved) return;
  const std::string space(flex::namespace_of(resource));
  auto& others = seen[{resource.kind_text.value, space, resource.name.value}];
  const auto first = std::find_if(others.begin(), others.end(),
                                  [&](const flex::Resource* other) { return flex::are_together(*other, resource); });
  const bool is_new = first == others.end();
  const flex::Resource* other = is_new ? nullptr : *first;
  others.push_back(&resource);
  if (is_new) return;
  Finding& finding =
      out.add(resource.name.where,
              fmt::format("{} '{}/{}' is defined twice; each name is there once for a kind and a namespace",
                          resource.kind_text.value, space, resource.name.value),
              resource.subject);
  finding.related.push_back({other->name.where, "first defined here"});
}

void check(const flex::Model& model, lint::Reporter& out) {
  Seen seen;
  for (const flex::Resource& resource : model.resources) {
    if (!is_ours(resource)) continue;
    if (!has_no_name(resource)) {
      check_repeated(resource, seen, out);
      continue;
    }
    if (resource.open || is_policy_source(resource)) continue;
    const Span where = resource.name.written() ? resource.name.where : resource.head;
    out.add(where, fmt::format("{} has no metadata.name", resource.kind_text.value), resource.subject);
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
