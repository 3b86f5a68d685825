// tls/ssl3-version: SSL 3.0 as the lowest or highest version, or an endpoint that speaks SSL.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_ssl3_version {
namespace {

enum class Limit : std::uint8_t { Minimum, Maximum };

std::string_view unquoted(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

/// Spellings that the gateway does not know count too: what was meant is clear.
bool means_ssl3(const tls::Setting<tls::Version>& setting, const lint::Reporter& out) {
  if (!setting.where.known()) return false;
  if (setting.written() && setting.value == tls::kSsl3) return true;
  return tls::parse_version(unquoted(out.text(setting.where))) == tls::kSsl3;
}

/// What the gateway makes of it, from the effective versions.
std::string effect(const tls::TlsContext& context, Limit limit) {
  const std::string_view which = limit == Limit::Minimum ? "minimum" : "maximum";
  if (!context.start_failure.empty()) return "the gateway refuses to start with it";
  if (!context.versions.known()) return fmt::format("it is no valid {}", which);
  const auto& versions = context.versions.value;
  if (versions.empty()) return fmt::format("as {} it leaves no version at all", which);
  return fmt::format("as {} it means that {} {} enabled", which, tls::names(versions),
                     versions.size() == 1 ? "is" : "are");
}

void check_limit(const tls::TlsContext& context, const tls::Setting<tls::Version>& setting, Limit limit,
                 lint::Reporter& out) {
  if (!means_ssl3(setting, out)) return;
  Finding& finding = out.add(context, setting.where,
                             fmt::format("SSL 3.0 is broken (POODLE) and {} does not implement it; {}",
                                         context.gateway_name, effect(context, limit)));
  const tls::Version wanted = limit == Limit::Minimum ? tls::kTls12 : tls::kTls13;
  finding.fix = out.set_version(setting.where, wanted, false);
}

/// RFC 6176, 3: SSL 2.0 MUST NOT be negotiated; one server with it opens others that share its key (DROWN).
void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  const bool ssl2 = tls::enables(context, tls::kSsl2);
  const bool ssl3 = tls::enables(context, tls::kSsl3);
  if (!ssl2 && !ssl3) return;
  const std::string_view seen = ssl2 && ssl3 ? "SSL 2.0 and SSL 3.0, which are broken (DROWN, POODLE)"
                                : ssl2       ? "SSL 2.0, which is broken (DROWN)"
                                             : "SSL 3.0, which is broken (POODLE)";
  Finding& finding = out.add(
      context, Span{},
      fmt::format("{} accepts {}; the lowest version to accept is {}", context.endpoint, seen, tls::name(tls::kTls12)));
  finding.value = ssl2 && ssl3 ? "SSL 2.0 and SSL 3.0" : ssl2 ? "SSL 2.0" : "SSL 3.0";
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (tls::is_observed(context)) return check_observed(context, out);
  check_limit(context, context.min_version, Limit::Minimum, out);
  check_limit(context, context.max_version, Limit::Maximum, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/ssl3-version",
    .summary = "SSL 3.0 is configured or accepted",
    .why =
        "SSL 3.0 was withdrawn by RFC 7568 because its padding can be forged (POODLE). Go dropped it in 1.14 and "
        "Envoy never had it, so the setting does not even do what it says: as a minimum it opens TLS 1.0, as a "
        "maximum it closes every version.",
    .cites = {{"RFC 7568", "3", "https://www.rfc-editor.org/rfc/rfc7568#section-3"},
              {"Go 1.14 release notes", "crypto/tls", "https://go.dev/doc/go1.14#crypto/tls"},
              {"KrakenD 2.6, TLS settings", "min_version, max_version",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Error,
    .fix = "unsafe: TLS 1.2 as minimum, TLS 1.3 as maximum",
    .replaces = {"flex/unsupported-version", "krakend/unknown-version-string", "tyk/unknown-version-number",
                 "tls/obsolete-version"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "SSL3.0",   //~ tls/ssl3-version
    "cipher_suites": [49199, 49171]
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
    "cipher_suites": [49199, 49200]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_ssl3_version
