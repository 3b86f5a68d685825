// tls/version-without-cipher: a version is switched on and has no cipher suite to be spoken with.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_version_without_cipher {
namespace {

/// Versions up to TLS 1.2 that are enabled in vain. TLS 1.0 and 1.1 without a suite harm nobody who did not ask for
/// them, unless nothing else is left.
std::vector<tls::Version> unusable(const tls::TlsContext& context) {
  const auto usable = tls::negotiable_versions(context);
  const bool old_ones_count = context.min_version.written() || usable.empty();
  std::vector<tls::Version> result;
  for (const tls::Version version : context.versions.value) {
    if (version > tls::kTls12 || (version < tls::kTls12 && !old_ones_count)) continue;
    if (std::find(usable.begin(), usable.end(), version) == usable.end()) result.push_back(version);
  }
  return result;
}

std::string list_reason(const tls::TlsContext& context, const std::vector<tls::Version>& versions) {
  std::size_t accepted = 0, tls13 = 0;
  bool offered = false;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (!entry.accepted || !entry.suite) continue;
    ++accepted;
    if (tls::is_tls13(*entry.suite)) ++tls13;
    offered = offered || std::any_of(versions.begin(), versions.end(),
                                     [&](tls::Version version) { return tls::offers(entry, version); });
  }
  if (accepted == 0) return fmt::format("{} knows no suite of the list", context.gateway_name);
  if (accepted == tls13) return "the list holds suites of TLS 1.3 alone and replaces the defaults";
  if (offered) return "its suites in the list need another certificate or a pre-shared key";
  return accepted == 1 ? "the only suite of the list is for other versions"
                       : fmt::format("the {} suites of the list are for other versions", accepted);
}

std::string reason(const tls::TlsContext& context, const std::vector<tls::Version>& versions) {
  if (context.cipher_list.written()) return list_reason(context, versions);
  return fmt::format("no list is written and {} has no default suites for {}", context.gateway_name,
                     versions.size() == 1 ? "it" : "them");
}

Severity severity(const tls::TlsContext& context, const std::vector<tls::Version>& versions) {
  const bool cuts_off_current_peers = versions.back() == tls::kTls12 || tls::negotiable_versions(context).empty();
  return cuts_off_current_peers ? Severity::Error : Severity::Warning;
}

Span place(const tls::TlsContext& context) {
  if (context.cipher_list.written()) return context.cipher_list.where;
  return context.min_version.written() ? context.min_version.where : Span{};
}

/// A suite that the gateway does not take was most likely meant for such a version: the list is what is wrong then.
bool lists_refused_suite(const tls::TlsContext& context) {
  const auto& entries = context.cipher_list.value;
  return context.cipher_list.written() &&
         std::any_of(entries.begin(), entries.end(), [](const tls::ListedCipher& entry) { return !entry.accepted; });
}

/// The minimum that switches exactly the unusable versions off, where there is one.
std::optional<Fix> raised_minimum(const tls::TlsContext& context, const std::vector<tls::Version>& versions,
                                  const lint::Reporter& out) {
  const auto usable = tls::negotiable_versions(context);
  if (lists_refused_suite(context)) return std::nullopt;
  if (!context.min_version.written() || usable.empty() || usable.front() < versions.back()) return std::nullopt;
  return out.set_version(context.min_version.where, usable.front(), false);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || !context.versions.known() || !context.ciphers.known()) return;
  // A probe sees a version only by a suite that it accepts.
  if (context.cipher_list.origin == tls::Origin::Unresolved || tls::is_observed(context)) return;
  const auto versions = unusable(context);
  if (versions.empty()) return;
  Finding& finding = out.add(severity(context, versions), context, place(context),
                             fmt::format("{} {} enabled but {} no usable cipher suite: {}", tls::names(versions),
                                         versions.size() == 1 ? "is" : "are", versions.size() == 1 ? "has" : "have",
                                         reason(context, versions)));
  if (!context.cipher_list.written() || !context.min_version.written()) lint::Reporter::by_version(finding, context);
  if (context.cipher_list.written() && context.min_version.written()) {
    finding.related.push_back({context.min_version.where, "the lowest version"});
  }
  finding.fix = raised_minimum(context, versions, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/version-without-cipher",
    .summary = "an enabled TLS version has no usable cipher suite",
    .why =
        "A cipher list replaces the gateway's defaults, and each suite belongs to certain versions only: a version "
        "for which no suite is left is switched on in vain, and peers that speak no other get a handshake failure. "
        "Below TLS 1.2 many gateways have no default suites at all.",
    .cites = {{"RFC 5246", "7.4.1.3, A.5", "https://www.rfc-editor.org/rfc/rfc5246#appendix-A.5"},
              {"KrakenD 2.6, TLS settings", "min_version", "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Flex Gateway 1.8, outbound TLS policy", "ciphers",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "unsafe: raise the minimum to the lowest version that works, or list a suite for the version",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",
    "cipher_suites": [49199, 49200]   //~ tls/version-without-cipher
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

}  // namespace tlsward::rules::tls_version_without_cipher
