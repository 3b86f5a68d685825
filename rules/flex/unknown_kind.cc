// flex/unknown-kind: a resource of a kind that Flex Gateway does not know.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/spelling.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unknown_kind {
namespace {

namespace flex = gateways::flex;

using namespace std::string_view_literals;

constexpr std::array kKinds = {"ApiInstance"sv,    "Service"sv,   "PolicyBinding"sv,
                               "Configuration"sv,  "Extension"sv, "PolicyDefinition"sv,
                               "Implementation"sv, "Secret"sv,    "Contract"sv};

void check_kind(const flex::Resource& resource, lint::Reporter& out) {
  const std::string& kind = resource.kind_text.value;
  if (std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end()) return;
  const auto near = nearest(kind, kKinds);
  if (!near) {
    out.add(Severity::Warning, resource.kind_text.where,
            fmt::format("unknown kind '{}'; known are {}", kind, fmt::join(kKinds, ", ")), resource.subject);
    return;
  }
  Finding& finding = out.add(Severity::Error, resource.kind_text.where,
                             fmt::format("unknown kind '{}'; did you mean '{}'?", kind, *near), resource.subject);
  if (!resource.kind_text.shared)
    finding.fix = out.replace(resource.kind_text.where, std::string(*near), fmt::format("write '{}'", *near), false);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Resource& resource : model.resources) {
    const std::string& version = resource.api_version.value;
    const bool is_ours = version == flex::kApiVersion || version == flex::kBetaApiVersion;
    if (resource.kind_text.known() && is_ours) check_kind(resource, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unknown-kind",
    .summary = "the kind of a resource is not known",
    .why =
        "Flex Gateway reads resources by their kind, and the case of letters counts. A resource of another "
        "kind is not applied: a TLS policy in it does nothing. A word that is nearly a known kind is an "
        "error, any other a warning.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "unsafe: the known kind that is nearest; the resource then takes effect",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: https://0.0.0.0:8443/orders
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: Policybinding  #~ flex/unknown-kind
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

}  // namespace tlsward::rules::flex_unknown_kind
