// flex/disabled-outbound-mtls: a client certificate that is never shown.
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_disabled_outbound_mtls {
namespace {

namespace flex = gateways::flex;

/// The page of 1.11 was not at hand, and from 1.12 on the sentence is gone.
constexpr gateways::ProductVersion kFirstInDoubt{1, 11};

Finding& report(const flex::Model& model, const flex::TlsObject& object, lint::Reporter& out) {
  const Span where = object.certificate->key_where;
  const gateways::GatewayVersion& release = model.resources[object.resource].version;
  if (release.number < kFirstInDoubt)
    return out.add(where, "this certificate is never used for mutual TLS: skipValidation: true switches that off",
                   object.subject);
  Finding& finding =
      out.add(release.guessed || release.number < flex::kSystemCertificates ? Severity::Warning : Severity::Info, where,
              "up to 1.10 skipValidation: true switches mutual TLS off too, and this certificate is never used; later "
              "pages do not say so",
              object.subject);
  lint::Reporter::lower(finding, Confidence::Medium);
  return finding;
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    if (object.direction != flex::Direction::Outbound || (!object.certificate_key && !object.certificate_crt)) continue;
    if (flex::read_switch(object.skip_validation) != flex::Switch::On) continue;
    Finding& finding = report(model, object, out);
    const Span skip = object.skip_validation->value.where;
    finding.related.push_back({skip, "validation is skipped here"});
    const std::string_view title =
        object.trusted_ca ? "verify the upstream" : "verify the upstream; trustedCA must then be added";
    if (out.text(skip) == "true") finding.fix = out.replace(skip, "false", std::string(title), false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/disabled-outbound-mtls",
    .summary = "a client certificate is configured while skipValidation switches mutual TLS off",
    .why =
        "According to the documentation up to 1.10, skipping validation disables outbound mutual TLS. The gateway then "
        "neither checks the upstream nor proves who it is, although the configuration looks as if both were done. The "
        "pages since 1.12 do not say so any more (that of 1.11 was not at hand), and samples of all releases have "
        "both.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "skipValidation",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Warning, Severity::Info},
    .fix = "unsafe: set skipValidation to false and give trustedCA; an upstream that it does not cover is then refused",
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
    skipValidation: true
    certificate:  #~ flex/disabled-outbound-mtls
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

}  // namespace tlsward::rules::flex_disabled_outbound_mtls
