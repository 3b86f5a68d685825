// tyk/unknown-cipher-name: a cipher suite by a name that Tyk does not know.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gateways/tyk/settings.h"
#include "gateways/tyk/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::tyk_unknown_cipher_name {
namespace {

namespace tyk = gateways::tyk;

/// The spelling that the release takes; empty where it has none for the suite.
std::string accepted_form(tls::CipherSuite suite, gateways::ProductVersion version) {
  std::string form = tls::name(suite);
  if (tyk::knows_cipher_name(form, suite, version)) return form;
  // Before 5.8 ChaCha20 has its short name only.
  constexpr std::string_view kHash = "_SHA256";
  if (!form.ends_with(kHash)) return {};
  form.resize(form.size() - kHash.size());
  return tyk::knows_cipher_name(form, suite, version) ? form : std::string();
}

std::string message(const tls::TlsContext& context, const tls::ListedCipher& entry, const std::string& form,
                    bool nothing_left) {
  return fmt::format("'{}' is not known to Tyk {} and is skipped{}{}", entry.written.substr(0, 80),
                     context.gateway_version,
                     nothing_left ? ", as are all others, so that Go's default list is used" : "",
                     form.empty() ? "" : fmt::format("; use '{}'", form));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "tyk") return;
  const auto& entries = context.cipher_list.value;
  const bool nothing_left =
      std::none_of(entries.begin(), entries.end(), [](const auto& one) { return one.accepted || one.unresolved; });
  for (const tls::ListedCipher& entry : entries) {
    const gateways::Claimed* claimed = out.set().claimed(entry.where);
    if (entry.accepted || entry.unresolved || !claimed) continue;
    const std::string form = entry.suite ? accepted_form(*entry.suite, claimed->version.number) : std::string();
    Finding& finding = out.add(context, entry.where, message(context, entry, form, nothing_left));
    lint::Reporter::by_version(finding, *claimed);
    const std::string_view raw = out.text(entry.where);
    const char quote = raw.starts_with('\'') ? '\'' : '"';
    if (!form.empty())
      finding.fix = out.replace(entry.where, quote + form + quote, fmt::format("write {}", form), false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tyk/unknown-cipher-name",
    .summary = "a cipher suite is named in a way that Tyk does not know",
    .why =
        "Tyk takes the names of Go's constants: before 5.8.0 22 of them in upper case, ChaCha20 without "
        "_SHA256 and none of TLS 1.3; since 5.8.0 all, in any case, but from 5.8.0 to 5.8.2 none that Go calls "
        "insecure "
        "(RSA key exchange, 3DES, RC4, CBC with SHA-256). Another name is skipped with a line at "
        "debug level, and where none is left Go's defaults are used.",
    .cites = {{"Tyk Gateway configuration", "http_server_options.ssl_ciphers",
               "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Tyk, internal/crypto/ciphers.go", "",
               "https://github.com/TykTechnologies/tyk/blob/master/internal/crypto/ciphers.go"}},
    .severity = Severity::Error,
    .fix = "unsafe: Go's name; the suite is then offered",
    .bad = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "ssl_ciphers": [
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "ECDHE-RSA-AES256-GCM-SHA384"   //~ tyk/unknown-cipher-name
    ],
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .good = {.gateway = "tyk@5.14", .text = R"({
  "listen_port": 8443,
  "secret": "q7JHdYk2mXbVw94T",
  "http_server_options": {
    "use_ssl": true,
    "ssl_ciphers": [
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    ],
    "min_version": 771,
    "max_version": 772,
    "ssl_certificates": ["/etc/tyk/gateway.pem"]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tyk_unknown_cipher_name
