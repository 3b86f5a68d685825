// tls/obsolete-version: TLS 1.0 or TLS 1.1 is enabled because the file says so, or was seen.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_obsolete_version {
namespace {

// RFC 8996, 4 and 5: TLS 1.0 and TLS 1.1 MUST NOT be negotiated.
constexpr tls::Version kFloor = tls::kTls12;

std::vector<tls::Version> obsolete(const tls::TlsContext& context) {
  std::vector<tls::Version> result;
  for (const tls::Version version : context.versions.value) {
    if (version < kFloor) result.push_back(version);
  }
  return result;
}

/// The written limit that admits them: the minimum, else a maximum that allows nothing better.
const tls::Setting<tls::Version>* admitted_by(const tls::TlsContext& context) {
  if (context.min_version.written()) return &context.min_version;
  if (context.max_version.written() && context.max_version.value < kFloor) return &context.max_version;
  return nullptr;
}

/// Of SSL 2.0 and 3.0 tls/ssl3-version says more.
void check_observed(const tls::TlsContext& context, lint::Reporter& out) {
  auto versions = obsolete(context);
  std::erase_if(versions, [](tls::Version version) { return version <= tls::kSsl3; });
  if (versions.empty()) return;
  Finding& finding = out.add(context, Span{},
                             fmt::format("{} accepts {}, which RFC 8996 deprecates; the lowest version to accept is {}",
                                         context.endpoint, tls::names(versions), tls::name(kFloor)));
  finding.value = tls::names(versions);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (tls::is_observed(context)) return check_observed(context, out);
  if (!context.enabled || !context.versions.known()) return;
  const auto versions = obsolete(context);
  if (versions.empty()) return;
  const auto* limit = admitted_by(context);
  if (!limit) return;
  Finding& finding = out.add(context, limit->where,
                             fmt::format("{} {} enabled, which RFC 8996 deprecates; the lowest version to accept is {}",
                                         tls::names(versions), versions.size() == 1 ? "is" : "are", tls::name(kFloor)));
  // Where the maximum is the cause, raising it would leave the old versions on.
  if (limit == &context.min_version && (!context.max_version.known() || context.max_version.value >= kFloor)) {
    finding.fix = out.set_version(limit->where, kFloor, false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/obsolete-version",
    .summary = "TLS 1.0 or TLS 1.1 is enabled",
    .why =
        "TLS 1.0 and 1.1 rest on MD5 and SHA-1 for their handshake signatures and know no AEAD cipher; RFC 8996 "
        "says that they must not be used, and no current browser speaks them, and libraries only when told to. Only "
        "clients that stopped "
        "being maintained about 2014 need them.",
    .cites = {{"RFC 8996", "4, 5", "https://www.rfc-editor.org/rfc/rfc8996#section-4"},
              {"KrakenD 2.6, TLS settings", "cipher suites for older versions",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "unsafe: raise the minimum to TLS 1.2; older clients are cut off",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",   //~ tls/obsolete-version
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

}  // namespace tlsward::rules::tls_obsolete_version
