// flex/unsupported-version: a TLS version that Flex Gateway does not know.
#include <optional>

#include <fmt/format.h>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unsupported_version {
namespace {

using gateways::flex::Model;

using gateways::flex::TlsObject;

/// The names that the release takes: `"1.1", "1.2" and "1.3"`.
std::string accepted(gateways::ProductVersion release) {
  const auto versions = gateways::flex::supported_versions(release);
  std::string text;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    if (i > 0) text += i + 1 == versions.size() ? " and " : ", ";
    text += fmt::format("\"{}\"", tls::short_name(versions[i]));
  }
  return text;
}

/// What was meant, where the release has it; for older versions the oldest that RFC 8996 leaves.
std::optional<tls::Version> meant(std::string_view text, bool is_minimum, gateways::ProductVersion release) {
  const auto version = tls::parse_version(text);
  if (!version) return std::nullopt;
  if (gateways::flex::parse_supported_version(tls::short_name(*version), release)) return version;
  if (*version >= tls::kTls12 || !is_minimum) return std::nullopt;
  return tls::kTls12;
}

void check_member(const Model& model, const TlsObject& object, const Member* member, lint::Reporter& out) {
  if (!member || !gateways::flex::is_known(member->value)) return;
  const Node& node = member->value;
  if (!node.is_text() && node.kind != NodeKind::Number) return;
  const auto& version = model.resources[object.resource].version;
  const auto release = gateways::flex::pages_of(version);
  if (gateways::flex::parse_supported_version(node, release)) return;
  // A guessed release is not named: the list below is of the widest one.
  const std::string product = version.guessed ? "Flex Gateway" : "Flex Gateway " + gateways::name(version.number);
  Finding& finding = out.add(
      node.where, fmt::format("'{}' is no TLS version of {}; it knows {}", node.scalar, product, accepted(release)),
      object.subject);
  // The pages since 1.11 leave TLS 1.1 out, yet samples on them still write it.
  if (tls::parse_version(node.scalar) == tls::kTls11) lint::Reporter::lower(finding, Confidence::Medium);
  // Of Redis the pages have no table, and a sample with other values.
  const bool is_redis = object.direction == gateways::flex::Direction::Redis;
  if (is_redis && tls::parse_version(node.scalar)) finding.severity = Severity::Info;
  const bool is_minimum = member == object.min_version;
  const auto wanted = meant(node.scalar, is_minimum, release);
  if (!wanted || node.used_at.known()) return;
  // What Flex Gateway does with such a value is not documented; mostly the policy does not hold at all.
  finding.fix = out.set_version(node.where, *wanted, false);
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
    .id = "flex/unsupported-version",
    .summary = "minversion or maxversion is not a TLS version that Flex Gateway knows",
    .why =
        "Flex Gateway takes \"1.1\", \"1.2\" and \"1.3\", from 1.11 on \"1.2\" and \"1.3\". TLS 1.0 was never among "
        "them, and names such as TLSv1.2 belong to other programs. What the gateway does with another text is not "
        "documented: it may refuse the policy or take the default.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "minversion, maxversion",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Omni Gateway 1.13, outbound TLS policy", "TLS Cipher Support",
               "https://docs.mulesoft.com/gateway/1.13/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "unsafe: a version that exists; the policy then takes effect",
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
    minversion: "TLS12"  #~ flex/unsupported-version
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

}  // namespace tlsward::rules::flex_unsupported_version
