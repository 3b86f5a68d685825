// tls/unusable-psk-cipher: a suite with a pre-shared key, which cannot be configured.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"

namespace tlsward::rules::tls_unusable_psk_cipher {
namespace {

void check_entry(const tls::TlsContext& context, const tls::ListedCipher& entry, lint::Reporter& out) {
  if (!tls::may_be_negotiated(context, entry) || !tls::uses_psk(*entry.suite)) return;
  Finding& finding = out.add(context, entry.where,
                             fmt::format("{} can never be negotiated, because {} has no setting for a pre-shared key",
                                         tls::name(*entry.suite), context.gateway_name));
  // An emptied list would bring the gateway's own defaults in.
  if (!tls::keeps_working_suite(context)) return;
  finding.fix = out.remove(entry.where, fmt::format("remove {}", entry.written), true);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || context.psk_configurable || !context.cipher_list.written()) return;
  for (const tls::ListedCipher& entry : context.cipher_list.value) check_entry(context, entry, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/unusable-psk-cipher",
    .summary = "a listed cipher suite needs a pre-shared key, which cannot be set",
    .why =
        "PSK suites rest on a secret that both sides were given beforehand. The gateways have no field for one, so "
        "these suites are never chosen, even where the vendor's table rates one of them as recommended.",
    .cites = {{"RFC 4279", "2", "https://www.rfc-editor.org/rfc/rfc4279#section-2"},
              {"Flex Gateway 1.8, outbound TLS policy", "ciphers",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "safe: remove it, unless the list would become empty",
    .replaces = {"tls/broken-cipher", "tls/weak-cipher"},
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
    trustedCA: |
      {{pem:ca.pem}}
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256   #~ tls/unusable-psk-cipher
)",
            .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
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
    ciphers:
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_unusable_psk_cipher
