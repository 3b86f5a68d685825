// flex/missing-trusted-ca: the other side is to be verified, and nothing says by whom.
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_missing_trusted_ca {
namespace {

namespace flex = gateways::flex;

/// True where the other side is verified and nothing says by whom.
bool wants_ca(const flex::Model& model, const flex::TlsObject& object) {
  if (object.open || flex::has_text(object.trusted_ca)) return false;
  if (object.direction == flex::Direction::Inbound) {
    // Earlier releases then let nobody in, which is tls/empty-client-trust's.
    return flex::read_switch(object.require_client_certificate) == flex::Switch::On &&
           model.resources[object.resource].version.number >= flex::kSystemCertificates;
  }
  const flex::Switch skip = flex::read_switch(object.skip_validation);
  return object.direction == flex::Direction::Outbound && skip != flex::Switch::On && skip != flex::Switch::Unknown;
}

Finding& report(const flex::Model& model, const flex::TlsObject& object, lint::Reporter& out) {
  const Span where = object.trusted_ca ? object.trusted_ca->value.where : object.key;
  if (model.resources[object.resource].version.number < flex::kSystemCertificates)
    return out.add(where, "no trustedCA here, but it is required unless skipValidation is true", object.subject);
  const bool inbound = object.direction == flex::Direction::Inbound;
  Finding& finding =
      inbound ? out.add(where,
                        "client certificates are required and there is no trustedCA; since 1.12 Flex Gateway then "
                        "believes the CAs of the operating system, with whose certificates anybody gets in",
                        object.subject)
              : out.add(Severity::Warning, where,
                        "no trustedCA here; since 1.12 Flex Gateway then believes every CA of the operating system, "
                        "though the parameter is called required; name the CA of the upstream",
                        object.subject);
  lint::Reporter::lower(finding, Confidence::Medium);
  return finding;
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    if (!wants_ca(model, object)) continue;
    Finding& finding = report(model, object, out);
    finding.label = object.trusted_ca ? "empty" : "no trustedCA here";
    const bool inbound = object.direction == flex::Direction::Inbound;
    const Member* cause = inbound ? object.require_client_certificate : object.skip_validation;
    if (cause)
      finding.related.push_back({cause->value.where, inbound ? "clients are verified" : "the upstream is verified"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/missing-trusted-ca",
    .summary = "trustedCA is missing although the upstream or the client is verified",
    .why =
        "Verification needs a CA to start from, and trustedCA is required unless skipValidation is true, or where "
        "client certificates are. The pages since 1.12 add that without it the CAs of the operating system are used; "
        "that contradicts the column that calls it required, and it would let any public CA vouch for the upstream, "
        "or for a client. Naming the CA is right either way.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Omni Gateway 1.13, outbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.13/policies-included-tls-outbound"},
              {"Omni Gateway 1.13, inbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.13/policies-included-tls"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "none: only you know which CA signs the certificate of the upstream, or those of the clients",
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
  config:  #~ flex/missing-trusted-ca
    skipValidation: false
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

}  // namespace tlsward::rules::flex_missing_trusted_ca
