// flex/context-on-http: an inbound TLS policy on an instance that listens with plain HTTP.
#include <optional>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_context_on_http {
namespace {

namespace flex = gateways::flex;

/// The address as it stands there, with https.
std::optional<std::string> with_https(std::string_view raw) {
  const std::size_t at = raw.find("http://");
  if (at == std::string_view::npos) return std::nullopt;
  std::string text(raw);
  return text.replace(at, 4, "https");
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Binding& binding : model.bindings) {
    if (!flex::is_inbound(binding)) continue;
    for (const std::size_t index : binding.instances) {
      const flex::Instance& instance = model.instances[index];
      if (!instance.address.known() || instance.parsed.scheme != "http") continue;
      const flex::Resource& resource = model.resources[instance.resource];
      Finding& finding = out.add(
          instance.address.where,
          fmt::format("the address of '{}' is http:// although the policy {} is bound to it; change it to https://",
                      flex::called(resource), binding.policy.value),
          resource.subject);
      finding.related.push_back({binding.policy.where, "the TLS policy"});
      if (instance.address.shared) continue;
      if (const auto text = with_https(out.text(instance.address.where)))
        finding.fix = out.replace(instance.address.where, *text, "listen with https", false);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/context-on-http",
    .summary = "an inbound TLS policy is bound to an instance that listens with http",
    .why =
        "The scheme of spec.address says whether clients call with TLS, and HTTPS takes both: https:// in the "
        "address and the TLS context. What becomes of a context beside http:// is not documented; whoever "
        "wrote it expects that nothing goes over the wire in the clear.",
    .cites = {{"Flex Gateway 1.8, inbound TLS policy", "",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls"}},
    .severity = Severity::Warning,
    .fix = "unsafe: https:// in the address; clients then have to use TLS",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata:
  name: orders
spec:
  address: http://0.0.0.0:8443/orders  #~ flex/context-on-http
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

}  // namespace tlsward::rules::flex_context_on_http
