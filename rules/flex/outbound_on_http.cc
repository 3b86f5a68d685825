// flex/outbound-on-http: an outbound TLS policy for an upstream that is called with http.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_outbound_on_http {
namespace {

namespace flex = gateways::flex;

bool is_http(const flex::Upstream& upstream) {
  return upstream.address.known() && upstream.parsed.scheme == "http";
}

/// Up to 1.4 the policy holds for all that an ApiInstance calls: of those one may well be http.
bool is_meant_for(const flex::Model& model, const flex::Binding& binding) {
  if (binding.target.kind == flex::TargetKind::Service || binding.target.kind == flex::TargetKind::Selector)
    return true;
  return std::all_of(binding.upstreams.begin(), binding.upstreams.end(),
                     [&](std::size_t index) { return is_http(model.upstreams[index]); });
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::Upstream& upstream : model.upstreams) {
    if (!is_http(upstream)) continue;
    const auto found = std::find_if(upstream.bindings.begin(), upstream.bindings.end(),
                                    [&](std::size_t index) { return is_meant_for(model, model.bindings[index]); });
    if (found == upstream.bindings.end()) continue;
    const flex::Binding& binding = model.bindings[*found];
    Finding& finding =
        out.add(upstream.address.where,
                fmt::format("{} is http://; the TLS context bound to it is not used, or breaks the connection",
                            upstream.subject),
                upstream.subject);
    finding.related.push_back({binding.policy.where, "the TLS policy"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/outbound-on-http",
    .summary = "an outbound TLS policy is bound to an upstream that is called with http",
    .why =
        "The address decides how the upstream is called. With http:// what was meant to be encrypted goes in "
        "the clear, or a TLS hello reaches a port that does not speak TLS.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "none: https:// in the address, or no TLS policy",
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: http://billing.example:8080  #~ flex/outbound-on-http
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

}  // namespace tlsward::rules::flex_outbound_on_http
