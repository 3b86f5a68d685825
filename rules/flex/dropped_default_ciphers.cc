// flex/dropped-default-ciphers: a cipher list that leaves out suites which would be there without it.
#include <algorithm>
#include <any>

#include <fmt/format.h>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_dropped_default_ciphers {
namespace {

std::vector<std::string> left_out(const std::vector<tls::CipherSuite>& suites) {
  std::vector<std::string> names;
  for (const tls::CipherSuite suite : gateways::flex::default_ciphers(tls::kTls12)) {
    if (std::find(suites.begin(), suites.end(), suite) == suites.end()) names.push_back(tls::name(suite));
  }
  return names;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "flex" || !context.ciphers.written() || !context.cipher_list.written()) return;
  const auto* model = std::any_cast<gateways::flex::Model>(&out.set().reading.model);
  if (model && gateways::flex::is_of_redis(*model, context.cipher_list.where)) return;
  const auto suites = context.ciphers.value.find(tls::kTls12);
  // Where nothing is left for TLS 1.2, tls/version-without-cipher speaks of it.
  if (suites == context.ciphers.value.end() || suites->second.empty()) return;
  const std::vector<std::string> names = left_out(suites->second);
  if (names.empty()) return;
  out.add(
      context, context.cipher_list.where,
      fmt::format("this list replaces the TLS 1.2 defaults and leaves out {}; the other side must know one of those "
                  "listed",
                  fmt::join(names, ", ")));
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/dropped-default-ciphers",
    .summary = "a cipher list leaves out default TLS 1.2 suites",
    .why =
        "A list does not add to the defaults, it replaces all of them for TLS 1.2. That is right where fewer suites "
        "are wanted, and a surprise where one suite was to be added: a peer that knows only the others can no longer "
        "connect with TLS 1.2. TLS 1.3 is not affected.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "TLS Cipher Support on Flex Gateway",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "none: list the defaults too where they are wanted",
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
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256  #~ flex/dropped-default-ciphers
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
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
    .check = check,
};

}  // namespace tlsward::rules::flex_dropped_default_ciphers
