// flex/duplicate-outbound-context: several outbound TLS policies for one Service.
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_duplicate_outbound_context {
namespace {

using gateways::flex::Model;

using gateways::flex::Binding;
using gateways::flex::TargetKind;

using Bindings = std::vector<std::size_t>;

/// Policies for one Service.
struct Group {
  std::string service;  // "default/orders"
  Bindings bindings;
};

bool is_bound_from_outside(const Binding& binding) {
  return gateways::flex::is_outbound(binding) && binding.form == Binding::Form::Resource;
}

/// One for each upstream, then one for each target that is not in the input.
std::vector<Group> groups(const Model& model) {
  std::vector<Group> result;
  for (const auto& upstream : model.upstreams) {
    const auto& resource = model.resources[upstream.resource];
    Group group{fmt::format("{}/{}", gateways::flex::namespace_of(resource), upstream.name), {}};
    std::copy_if(upstream.bindings.begin(), upstream.bindings.end(), std::back_inserter(group.bindings),
                 [&](std::size_t index) { return is_bound_from_outside(model.bindings[index]); });
    result.push_back(std::move(group));
  }
  std::map<std::string, Bindings> elsewhere;
  for (std::size_t index = 0; index < model.bindings.size(); ++index) {
    const Binding& binding = model.bindings[index];
    if (!is_bound_from_outside(binding) || !binding.upstreams.empty()) continue;
    if (binding.target.kind != TargetKind::Service || binding.target.open || !binding.target.name.known()) continue;
    elsewhere[fmt::format("{}/{}", gateways::flex::target_namespace(model, binding), binding.target.name.value)]
        .push_back(index);
  }
  for (auto& [service, bindings] : elsewhere) result.push_back({service, std::move(bindings)});
  return result;
}

/// Those that stand beside another one, in whatever branch of a template.
Bindings together(const Model& model, const Bindings& bindings) {
  const auto resource = [&](std::size_t index) -> const auto& {
    return model.resources[model.bindings[index].resource];
  };
  Bindings result;
  std::copy_if(bindings.begin(), bindings.end(), std::back_inserter(result), [&](std::size_t index) {
    return std::any_of(bindings.begin(), bindings.end(), [&](std::size_t other) {
      return other != index && gateways::flex::are_together(resource(index), resource(other));
    });
  });
  return result;
}

Span place(const Binding& binding) {
  return binding.target.name.written() ? binding.target.name.where : binding.target.key;
}

void check(const Model& model, lint::Reporter& out) {
  std::set<Bindings> told;
  for (const auto& [service, all] : groups(model)) {
    const Bindings bindings = together(model, all);
    if (bindings.size() < 2 || !told.insert(bindings).second) continue;
    std::vector<std::string> names;
    for (const std::size_t index : bindings) names.push_back(model.bindings[index].subject);
    const Binding& last = model.bindings[bindings.back()];
    Finding& finding =
        out.add(place(last),
                fmt::format("Service '{}' has {} outbound TLS contexts ({}); which one wins is undefined, "
                            "so bind one alone",
                            service, bindings.size(), fmt::join(names, ", ")),
                last.subject);
    for (std::size_t i = 0; i + 1 < bindings.size(); ++i) {
      finding.related.push_back({place(model.bindings[bindings[i]]), "also bound here"});
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/duplicate-outbound-context",
    .summary = "a Service has more than one outbound TLS context",
    .why =
        "A context replaces the built-in one for its Service, and TLS policies have no order, so nothing says which of "
        "two holds. The weaker one may win, and it may be another one after the next start.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none: merge the contexts into one PolicyBinding",
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
  name: billing-mtls
spec:
  targetRef:
    kind: Service
    name: billing  #~ flex/duplicate-outbound-context
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

}  // namespace tlsward::rules::flex_duplicate_outbound_context
