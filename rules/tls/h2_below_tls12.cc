// tls/h2-below-tls12: HTTP/2 is offered over versions that forbid it.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_h2_below_tls12 {
namespace {

Span place(const tls::TlsContext& context) {
  if (context.min_version.written()) return context.min_version.where;
  if (context.max_version.written()) return context.max_version.where;
  return context.alpn_list.written() ? context.alpn_list.where : Span{};
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || !tls::offers_http2(context) || !context.versions.known() || !context.ciphers.known()) return;
  std::vector<tls::Version> old = tls::negotiable_versions(context);
  const bool nothing_newer = !old.empty() && old.back() < tls::kTls12;
  // A probe asks for h2 with the newest version; whether the older ones offer it too was not seen.
  if (tls::is_observed(context) && !nothing_newer) return;
  std::erase_if(old, [](tls::Version version) { return version >= tls::kTls12; });
  if (old.empty()) return;
  Finding& finding =
      out.add(nothing_newer ? Severity::Error : Severity::Info, context, place(context),
              fmt::format("h2 is offered over {}, but HTTP/2 needs TLS 1.2; {}", tls::names(old),
                          nothing_newer ? "it can never be spoken here"
                                        : "a client that gets there with h2 is refused, or gives up itself"));
  if (nothing_newer || !context.min_version.written()) return;
  finding.fix = out.set_version(context.min_version.where, tls::kTls12, false);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/h2-below-tls12",
    .summary = "HTTP/2 is offered below TLS 1.2",
    .why =
        "HTTP/2 forbids TLS versions before 1.2. Go answers a client that negotiates h2 over an older version with "
        "INADEQUATE_SECURITY after the handshake, so the client sees a broken connection in place of a clean refusal.",
    .cites = {{"RFC 9113", "9.2", "https://www.rfc-editor.org/rfc/rfc9113#section-9.2"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "unsafe: raise the minimum to TLS 1.2",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",   //~ tls/h2-below-tls12
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

}  // namespace tlsward::rules::tls_h2_below_tls12
