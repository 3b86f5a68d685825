// flex/unsupported-cipher: a name in a cipher list that is not in the table of Flex Gateway.
#include <algorithm>
#include <any>
#include <optional>

#include <fmt/format.h>

#include "core/spelling.h"
#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unsupported_cipher {
namespace {

using gateways::flex::CipherRow;

constexpr std::size_t kMaxDistance = 3;

/// True for a name that the release does not have. Names with a rating are in its table; Redis lacks some of those.
bool is_unsupported(const tls::ListedCipher& entry) {
  return !entry.accepted && !entry.unresolved && entry.advice.empty();
}

/// The name of the same suite, or the one that is spelled most alike.
std::string_view meant(const tls::ListedCipher& entry, gateways::ProductVersion release) {
  if (entry.suite) {
    const CipherRow* row = gateways::flex::find_cipher(*entry.suite, release);
    return row ? row->name : std::string_view();
  }
  std::vector<std::string_view> names;
  for (const CipherRow& row : gateways::flex::cipher_table()) {
    if (gateways::flex::find_cipher(row.name, release)) names.push_back(row.name);
  }
  return nearest(entry.written, names, kMaxDistance).value_or(std::string_view());
}

bool is_listed(const tls::TlsContext& context, std::string_view name) {
  const auto& list = context.cipher_list.value;
  return std::any_of(list.begin(), list.end(), [&](const tls::ListedCipher& entry) { return entry.written == name; });
}

std::string message(const tls::TlsContext& context, const tls::ListedCipher& entry, std::string_view wanted) {
  // A guessed release is not named: the table is the widest one.
  const std::string product = context.version_guessed
                                  ? std::string(context.gateway_name)
                                  : fmt::format("{} {}", context.gateway_name, context.gateway_version);
  if (wanted.empty()) return fmt::format("'{}' is not among the suites that {} supports", entry.written, product);
  if (!entry.suite) return fmt::format("'{}' is no cipher suite; did you mean {}?", entry.written, wanted);
  return fmt::format("'{}' is not how {} writes this suite; it takes the IANA name {}", entry.written, product, wanted);
}

std::optional<Fix> fix(const tls::TlsContext& context, const tls::ListedCipher& entry, std::string_view wanted,
                       const lint::Reporter& out) {
  if (wanted.empty()) return std::nullopt;
  if (is_listed(context, wanted)) return out.remove(entry.where, "remove it, the IANA name is listed too", true);
  return out.replace(entry.where, lint::spelled(wanted, entry.where, out), fmt::format("write {}", wanted), false);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "flex" || context.cipher_list.origin == tls::Origin::Default) return;
  const auto* model = std::any_cast<gateways::flex::Model>(&out.set().reading.model);
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    const gateways::Claimed* claimed = out.set().claimed(entry.where);
    if (!claimed || !is_unsupported(entry)) continue;
    const std::string_view wanted = meant(entry, gateways::flex::pages_of(claimed->version));
    Finding& finding = out.add(context, entry.where, message(context, entry, wanted));
    // The vendor's own sample for Redis lists suites of no table.
    if (entry.suite && model && gateways::flex::is_of_redis(*model, entry.where)) finding.severity = Severity::Info;
    finding.fix = fix(context, entry, wanted, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unsupported-cipher",
    .summary = "a listed cipher suite is not one that Flex Gateway supports",
    .why =
        "The table of supported suites has 23 names, in the spelling of IANA. Names of OpenSSL, names in lower case or "
        "with spaces, and suites outside the table are not documented to work: the list replaces the defaults all the "
        "same, so fewer suites are left than it seems, or the gateway refuses the policy.",
    .cites = {{"Flex Gateway 1.8, outbound TLS policy", "ciphers, Flex Gateway Supported Ciphers",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "unsafe: write the IANA name of the same suite, which switches it on",
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
      - TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
      - TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
      - ECDHE-RSA-AES128-GCM-SHA256  #~ flex/unsupported-cipher
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
    .check = check,
};

}  // namespace tlsward::rules::flex_unsupported_cipher
