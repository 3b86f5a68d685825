// flex/unpinned-context: an outbound context that leaves versions or suites to the release.
#include <optional>

#include <fmt/format.h>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unpinned_context {
namespace {

using gateways::flex::Model;

using gateways::flex::Direction;
using gateways::flex::TlsObject;

/// An empty list stands for the defaults.
bool lists_nothing(const Member* ciphers) {
  return !ciphers || (ciphers->value.is_list() && ciphers->value.items.empty() && !ciphers->value.open);
}

/// TLS 1.3 suites cannot be chosen, so there is nothing to pin where no other version is left.
bool has_tls13_alone(const TlsObject& object) {
  return object.min_version && tls::parse_version(object.min_version->value.scalar) == tls::kTls13;
}

std::vector<std::string_view> unpinned(const TlsObject& object) {
  std::vector<std::string_view> fields;
  if (!object.min_version) fields.push_back("minversion");
  if (!object.max_version) fields.push_back("maxversion");
  if (lists_nothing(object.ciphers) && !has_tls13_alone(object)) fields.push_back("ciphers");
  return fields;
}

std::string default_ciphers(Span where, const lint::Reporter& out) {
  std::vector<std::string> names;
  for (const tls::CipherSuite suite : gateways::flex::default_ciphers(tls::kTls12))
    names.push_back(lint::spelled(tls::name(suite), where, out));
  return fmt::format("[{}]", fmt::join(names, ", "));
}

/// All absent keys with the values that hold without them.
std::optional<Fix> pin(const TlsObject& object, const std::vector<std::string_view>& fields,
                       const lint::Reporter& out) {
  if (!object.node || object.node->used_at.known()) return std::nullopt;
  Fix fix{"write the current defaults", false, {}};
  for (const std::string_view field : fields) {
    if (object.node->find(field)) return std::nullopt;
    const std::string value = field == "ciphers"      ? default_ciphers(object.node->where, out)
                              : field == "minversion" ? "\"1.2\""
                                                      : "\"1.3\"";
    std::optional<Fix> one = out.insert(object.node->where, field, value, false);
    if (!one) return std::nullopt;
    fix.edits.insert(fix.edits.end(), one->edits.begin(), one->edits.end());
  }
  return fix;
}

void check(const Model& model, lint::Reporter& out) {
  for (const TlsObject& object : model.tls_objects) {
    if (object.direction != Direction::Outbound || object.open) continue;
    const std::vector<std::string_view> fields = unpinned(object);
    if (fields.empty()) continue;
    const std::string_view note =
        object.max_version ? "" : "; TLS 1.3 is offered too, which it is not without any context";
    Finding& finding = out.add(object.key,
                               fmt::format("not pinned: {}; the defaults of the release apply and may change{}",
                                           fmt::join(fields, ", "), note),
                               object.subject);
    finding.label = fmt::format("no {} here", fmt::join(fields, ", "));
    finding.fix = pin(object, fields, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unpinned-context",
    .summary = "an outbound TLS context does not pin versions and suites",
    .why =
        "A context is bound to an upstream so that its TLS settings stay the same when the gateway is updated. That "
        "holds for the settings that it writes: what it leaves out follows the defaults of the release. It also "
        "changes the range, as the built-in context speaks TLS 1.2 alone and a context without maxversion TLS 1.2 and "
        "1.3.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "Summary, Configuring Policy Parameters",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "unsafe: write the defaults that hold today",
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
  config:  #~ flex/unpinned-context
    skipValidation: false
    trustedCA: $BILLING_CA
    certificate:
      key: $BILLING_CLIENT_KEY
      crt: $BILLING_CLIENT_CRT
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

}  // namespace tlsward::rules::flex_unpinned_context
