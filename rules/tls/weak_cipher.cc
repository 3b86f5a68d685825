// tls/weak-cipher: a listed or offered suite with CBC or without forward secrecy.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"
#include "tls/seen_suites.h"

namespace tlsward::rules::tls_weak_cipher {
namespace {

constexpr std::string_view kAdvice = "prefer suites with ECDHE and AES-GCM or ChaCha20-Poly1305";

/// One mistake, one finding: tls/broken-cipher and tls/unusable-psk-cipher say more about theirs.
bool has_own_rule(tls::CipherSuite suite) {
  return tls::broken_reason(suite) || tls::uses_psk(suite);
}

std::string reasons(const tls::TlsContext& context, const tls::ListedCipher& entry) {
  std::string text = fmt::format("{}", fmt::join(tls::weak_reasons(*entry.suite), ", "));
  if (!entry.advice.empty()) text += fmt::format(", \"{}\" to {}", entry.advice, context.gateway_name);
  return text;
}

/// `removable`: a sound suite stays in the list.
void check_entry(const tls::TlsContext& context, const tls::ListedCipher& entry, bool removable, lint::Reporter& out) {
  if (!tls::may_be_negotiated(context, entry)) return;
  if (has_own_rule(*entry.suite) || tls::weak_reasons(*entry.suite).empty()) return;
  Finding& finding =
      out.add(context, entry.where,
              fmt::format("{} is weak ({}); {}", tls::name(*entry.suite), reasons(context, entry), kAdvice));
  if (!context.versions.known()) lint::Reporter::lower(finding, Confidence::Low);
  if (!removable) return;
  finding.fix = out.remove(entry.where, fmt::format("remove {}", entry.written), false);
}

void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  std::vector<tls::Objection> weak;
  for (const tls::CipherSuite suite : tls::seen_suites(context)) {
    const auto why = tls::weak_reasons(suite);
    if (!why.empty()) weak.push_back({suite, fmt::format("{}", fmt::join(why, ", "))});
  }
  if (weak.empty()) return;
  Finding& finding = out.add(context, Span{}, fmt::format("{}; {}", tls::describe(context, "weak", weak), kAdvice));
  finding.notes = tls::list_by_reason(weak);
  finding.value = tls::names(weak);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (tls::is_observed(context)) return check_observed(context, out);
  if (!context.enabled || !context.cipher_list.written()) return;
  const bool removable = tls::keeps_sound_suite(context);
  for (const tls::ListedCipher& entry : context.cipher_list.value) check_entry(context, entry, removable, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/weak-cipher",
    .summary = "a listed or offered cipher suite uses CBC or has no forward secrecy",
    .why =
        "CBC suites authenticate before they encrypt, which padding oracles such as Lucky Thirteen live on. Without "
        "an ephemeral key exchange whoever gets the server's key later can read everything that was recorded "
        "before. Every client since about 2013 knows a suite with neither fault.",
    .cites = {{"RFC 9325", "4.1, 4.2", "https://www.rfc-editor.org/rfc/rfc9325#section-4.1"},
              {"KrakenD 2.6, TLS settings", "cipher suites that are not recommended",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Flex Gateway 1.8, outbound TLS policy", "ciphers",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Warning,
    .fix = "unsafe: remove it; clients that know nothing better are cut off",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49172,   //~ tls/weak-cipher
      156      //~ tls/weak-cipher
    ]
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49200
    ]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_weak_cipher
