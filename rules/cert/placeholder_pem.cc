// cert/placeholder-pem: the sample text of the documentation in place of a certificate or key.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_placeholder_pem {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::Material& material : context.material) {
    if (!tls::is_read(material) || material.bundle.encoding != tls::Encoding::Placeholder) continue;
    const std::string what = material.written.empty() ? material.field : fmt::format("'{}'", material.written);
    Finding& finding = out.add(context, material, fmt::format("{} still holds sample text; real PEM is needed", what));
    const auto& problems = material.bundle.problems;
    if (material.inline_text && !problems.empty() && problems.front().find('#') != std::string::npos) {
      finding.notes.push_back("inside a YAML block scalar '#' is part of the value, it does not start a comment");
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/placeholder-pem",
    .summary = "a certificate or key is still the sample of the documentation",
    .why =
        "The vendors' samples show where PEM belongs, with comment signs or dots in its place. Copied as they are they "
        "look complete, but hold no certificate: '#' in a YAML block scalar belongs to the value, and no TLS library "
        "skips it.",
    .cites = {{"YAML 1.2.2", "8.1.2", "https://yaml.org/spec/1.2.2/#812-literal-style"},
              {"Flex Gateway 1.8, outbound TLS policy", "configuration samples",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .fix = "none",
    .replaces = {"cert/undecodable-pem", "config/inline-private-key"},
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
    namespace: default
  config:
    skipValidation: false
    trustedCA: |   #~ cert/placeholder-pem
      # -----BEGIN CERTIFICATE-----
      # insert certificate of the CA
      # -----END CERTIFICATE-----
    minversion: "1.2"
    maxversion: "1.3"
)"},
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

}  // namespace tlsward::rules::cert_placeholder_pem
