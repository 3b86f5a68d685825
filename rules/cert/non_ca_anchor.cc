// cert/non-ca-anchor: a trusted certificate that cannot have issued any other.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_non_ca_anchor {
namespace {

// Its documentation calls trustedCA a client certificate, so people put their own there.
constexpr std::string_view kConfusesThem = "flex";

std::string_view lack(const tls::CertificateFacts& certificate) {
  if (certificate.is_ca) return "its key usage has no keyCertSign";
  return certificate.has_basic_constraints ? "CA:FALSE" : "no basicConstraints";
}

struct Judgement {
  Severity severity;
  std::string_view note;
};

Judgement judge(const tls::TlsContext& context, const tls::CertificateFacts& anchor) {
  if (context.gateway == kConfusesThem && tls::is_own(context, anchor)) {
    return {Severity::Error, "it is the gateway's own certificate, the CA of the other side belongs here"};
  }
  if (anchor.self_signed) return {Severity::Info, "as it signed itself, it is trusted alone, without any others"};
  return {Severity::Warning, "at best it is trusted alone; the CA that issued it belongs here"};
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& anchor : tls::certificates(context, tls::MaterialUse::TrustAnchor)) {
    if (tls::can_sign(*anchor.facts)) continue;
    const Judgement judgement = judge(context, *anchor.facts);
    out.add(judgement.severity, context, anchor,
            fmt::format("the trusted certificate {} cannot sign others ({}); {}", tls::describe(anchor),
                        lack(*anchor.facts), judgement.note));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/non-ca-anchor",
    .summary = "a trusted certificate is not one of a CA",
    .why =
        "Trust anchors are the certificates that issue those of the peers. A certificate that must not sign others "
        "vouches for nobody but, with some libraries, for itself, so peers with other certificates are refused. Flex "
        "Gateway's trustedCA is the CA of the upstream or client, not the gateway's own certificate.",
    .cites = {{"RFC 5280", "6.1.4", "https://www.rfc-editor.org/rfc/rfc5280#section-6.1.4"},
              {"Flex Gateway 1.8, outbound TLS policy", "trustedCA",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"Flex Gateway, TLS for outgoing policy requests", "trustedCA",
               "https://docs.mulesoft.com/gateway/latest/policies-tls-configuration"}},
    .severity = Severity::Warning,
    .also = {Severity::Error, Severity::Info},
    .fix = "none: put the certificate of the issuing CA there",
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    namespace: default
  config:
    skipValidation: false
    trustedCA: |   #~ cert/non-ca-anchor
      {{pem:upstream.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
            .recipes = {{"ca.pem", "ca cn=Billing-CA"},
                        {"upstream.pem", "cn=billing.example san=DNS:billing.example no-ca issuer=ca.pem"}}},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
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
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:ca.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_non_ca_anchor
