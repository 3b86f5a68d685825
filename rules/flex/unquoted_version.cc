// flex/unquoted-version: a TLS version that YAML reads as a number.
#include <fmt/format.h>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unquoted_version {
namespace {

using gateways::flex::Model;

using gateways::flex::TlsObject;

/// Quoting says what is meant. Where it opens TLS 1.1 for a gateway that did not take the number, that is for you to
/// decide.
bool is_safe(const TlsObject& object, const Member& member, tls::Version version) {
  return &member != object.min_version || version >= tls::kTls12;
}

void check_member(const Model& model, const TlsObject& object, const Member* member, lint::Reporter& out) {
  if (!member || member->value.kind != NodeKind::Number || !gateways::flex::is_known(member->value)) return;
  // Quotes do not make a version of what is none: flex/unsupported-version.
  const auto release = gateways::flex::pages_of(model.resources[object.resource].version);
  const auto version = gateways::flex::parse_supported_version(member->value, release);
  if (!version) return;
  Finding& finding = out.add(member->value.where,
                             fmt::format("{}: {} is a number, but a string is wanted; write \"{}\"", member->key,
                                         member->value.scalar, tls::short_name(*version)),
                             object.subject);
  if (member->value.used_at.known()) return;
  finding.fix = out.set_version(member->value.where, *version, is_safe(object, *member, *version));
}

void check(const Model& model, lint::Reporter& out) {
  for (const TlsObject& object : model.tls_objects) {
    check_member(model, object, object.min_version, out);
    check_member(model, object, object.max_version, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unquoted-version",
    .summary = "a TLS version is not quoted",
    .why =
        "minversion and maxversion are strings. Without quotes YAML reads 1.2 as a number, and a number is not a "
        "string: the gateway may refuse the policy, or take a default in its place.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "minversion, maxversion",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"YAML 1.2.2", "10.3.2", "https://yaml.org/spec/1.2.2/#1032-tag-resolution"}},
    .severity = Severity::Error,
    .fix = "safe: quote it; unsafe for a minimum of 1.1, which opens TLS 1.1",
    .replaces = {"config/wrong-type"},
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
    minversion: 1.2  #~ flex/unquoted-version
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

}  // namespace tlsward::rules::flex_unquoted_version
