// tls/inverted-version-range: the lowest version is above the highest.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_inverted_version_range {
namespace {

std::string effect(const tls::TlsContext& context) {
  if (!context.start_failure.empty()) return fmt::format("{} refuses to start", context.gateway_name);
  const auto& versions = context.versions.value;
  if (versions.empty()) return "no version is left and every handshake fails";
  return fmt::format("{} raises the maximum, so that only {} {} enabled", context.gateway_name, tls::names(versions),
                     versions.size() == 1 ? "is" : "are");
}

std::string said(const tls::Setting<tls::Version>& setting) {
  return fmt::format("{}{}", tls::name(setting.value), setting.written() ? "" : " (the default)");
}

Fix exchange(const tls::TlsContext& context, const lint::Reporter& out) {
  const auto& min = context.min_version;
  const auto& max = context.max_version;
  Fix fix = out.set_version(min.where, max.value, false);
  const Fix other = out.set_version(max.where, min.value, false);
  fix.title = fmt::format("exchange them: {} to {}", tls::name(max.value), tls::name(min.value));
  fix.edits.insert(fix.edits.end(), other.edits.begin(), other.edits.end());
  return fix;
}

/// With one limit written, the default for the other is what the range must reach.
Fix mended(const tls::TlsContext& context, const lint::Reporter& out) {
  if (context.min_version.written() && context.max_version.written()) return exchange(context, out);
  if (context.min_version.written()) {
    return out.set_version(context.min_version.where, context.max_version.value, false);
  }
  return out.set_version(context.max_version.where, context.min_version.value, false);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const auto& min = context.min_version;
  const auto& max = context.max_version;
  if (!context.enabled || !min.known() || !max.known() || !context.versions.known()) return;
  if (!min.written() && !max.written()) return;
  // SSL 3.0 as maximum is below everything: tls/ssl3-version says so already.
  if (min.value <= max.value || max.value <= tls::kSsl3) return;
  const bool stopped = context.versions.value.empty() || !context.start_failure.empty();
  Finding& finding =
      out.add(stopped ? Severity::Error : Severity::Warning, context, min.written() ? min.where : max.where,
              fmt::format("minimum {} is above maximum {}: {}", said(min), said(max), effect(context)));
  if (min.written() && max.written()) finding.related.push_back({max.where, "the maximum"});
  if (!min.written() || !max.written()) lint::Reporter::by_version(finding, context);
  finding.fix = mended(context, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/inverted-version-range",
    .summary = "the minimum TLS version is above the maximum",
    .why =
        "A range that ends before it begins holds no version. Depending on the gateway it does not start, or it "
        "starts and refuses every handshake, or (Tyk before 5.8.14 and 5.13) it silently raises the maximum.",
    .cites = {{"Go, crypto/tls", "Config.MinVersion, Config.MaxVersion", "https://pkg.go.dev/crypto/tls#Config"},
              {"RFC 8446", "4.2.1", "https://www.rfc-editor.org/rfc/rfc8446#section-4.2.1"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: exchange the two",
    .replaces_in_context = {"tls/version-without-cipher", "tls/tls13-disabled"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS13",   //~ tls/inverted-version-range
    "max_version": "TLS12"
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
    "max_version": "TLS13"
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_inverted_version_range
