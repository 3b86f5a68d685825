// cert/missing-dns-san: an upstream certificate without a DNS name.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_missing_dns_san {
namespace {

// The only gateway that says so; the others match IP addresses too.
constexpr std::string_view kDnsNamesOnly = "flex";

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != kDnsNamesOnly || context.role != tls::Role::Upstream) return;
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    if (!leaf.facts->has_san || !leaf.facts->dns_names.empty()) continue;
    out.add(context, leaf,
            fmt::format("the subjectAltName of {} holds no DNS name; {} compares DNS names only", tls::describe(leaf),
                        context.gateway_name));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/missing-dns-san",
    .summary = "the certificate of a Flex Gateway upstream has no DNS name",
    .why =
        "Flex Gateway checks the name of an upstream against entries of type dNSName and no others. An upstream whose "
        "certificate lists only IP addresses or URIs fails verification, even where the address itself is right.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "SAN",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"},
              {"RFC 9525", "6.2", "https://www.rfc-editor.org/rfc/rfc9525#section-6.2"}},
    .severity = Severity::Error,
    .fix = "none: issue the upstream a certificate with a DNS name",
    .replaces = {"cert/uncovered-host", "cert/cn-outside-san"},
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
    trustedCA: |   #~ cert/missing-dns-san
      {{pem:upstream.pem}}
    minversion: "1.2"
    maxversion: "1.3"
)",
            .recipes = {{"upstream.pem", "cn=billing.example san=IP:10.0.0.1 no-ca"}}},
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

}  // namespace tlsward::rules::cert_missing_dns_san
