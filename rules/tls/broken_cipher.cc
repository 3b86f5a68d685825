// tls/broken-cipher: a listed or offered suite that no longer protects anything.
#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"
#include "tls/seen_suites.h"

namespace tlsward::rules::tls_broken_cipher {
namespace {

constexpr std::string_view kAdvice = "use suites with ECDHE and AES-GCM or ChaCha20-Poly1305";

/// `removable`: a sound suite stays in the list.
void check_entry(const tls::TlsContext& context, const tls::ListedCipher& entry, bool removable, lint::Reporter& out) {
  if (!tls::may_be_negotiated(context, entry)) return;
  const auto reason = tls::broken_reason(*entry.suite);
  if (!reason) return;
  Finding& finding =
      out.add(context, entry.where, fmt::format("{} is broken ({}); {}", tls::name(*entry.suite), *reason, kAdvice));
  if (!context.versions.known()) lint::Reporter::lower(finding, Confidence::Low);
  if (!removable) return;
  finding.fix = out.remove(entry.where, fmt::format("remove {}", entry.written), false);
}

void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  std::vector<tls::Objection> broken;
  for (const tls::CipherSuite suite : tls::seen_suites(context)) {
    if (const auto reason = tls::broken_reason(suite)) broken.push_back({suite, std::string(*reason)});
  }
  if (broken.empty()) return;
  Finding& finding = out.add(context, Span{}, fmt::format("{}; {}", tls::describe(context, "broken", broken), kAdvice));
  finding.notes = tls::list_by_reason(broken);
  finding.value = tls::names(broken);
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
    .id = "tls/broken-cipher",
    .summary = "a listed or offered cipher suite is broken",
    .why =
        "NULL suites do not encrypt, anonymous ones do not authenticate, EXPORT and DES keys can be searched through, "
        "RC4 leaks plain text (RFC 7465), and the 64-bit blocks of 3DES repeat after some hours of traffic "
        "(Sweet32). A client that is talked into such a suite has no protection left.",
    .cites = {{"RFC 9325", "4.1", "https://www.rfc-editor.org/rfc/rfc9325#section-4.1"},
              {"RFC 7465", "2", "https://www.rfc-editor.org/rfc/rfc7465#section-2"}},
    .severity = Severity::Error,
    .fix = "unsafe: remove it; clients that know nothing better are cut off",
    .replaces = {"tls/weak-cipher"},
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
      49170,   //~ tls/broken-cipher
      5        //~ tls/broken-cipher
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

}  // namespace tlsward::rules::tls_broken_cipher
