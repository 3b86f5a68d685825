// tls/tls13-disabled: the highest version is below TLS 1.3.
#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_tls13_disabled {
namespace {

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || !context.versions.known() || context.versions.value.empty()) return;
  if (tls::enables(context, tls::kTls13)) return;
  if (tls::is_observed(context)) {
    out.add(context, Span{},
            fmt::format("{} does not accept TLS 1.3; its highest version is {}", context.endpoint,
                        tls::name(context.versions.value.back())));
    return;
  }
  const auto& max = context.max_version;
  if (max.written()) {
    Finding& finding =
        out.add(context, max.where, fmt::format("TLS 1.3 is disabled: the maximum is {}", tls::name(max.value)));
    finding.fix = out.set_version(max.where, tls::kTls13, false);
    return;
  }
  Finding& finding = out.add(context, Span{},
                             fmt::format("TLS 1.3 is disabled{}: {} is the highest version by default",
                                         context.role == tls::Role::Upstream ? " for upstreams" : "",
                                         tls::name(context.versions.value.back())));
  if (!max.because.empty()) finding.notes.push_back(max.because);
  lint::Reporter::by_version(finding, context);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/tls13-disabled",
    .summary = "TLS 1.3 is switched off",
    .why =
        "TLS 1.3 needs one round trip less than TLS 1.2, encrypts the certificates and knows no suite without forward "
        "secrecy. Every library that the gateways use has had it for years; switching it off helps only against peers "
        "that stumble over it.",
    .cites = {{"RFC 8446", "1.2", "https://www.rfc-editor.org/rfc/rfc8446#section-1.2"}},
    .severity = Severity::Info,
    .fix = "unsafe: raise the maximum to TLS 1.3",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "max_version": "TLS12"   //~ tls/tls13-disabled
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

}  // namespace tlsward::rules::tls_tls13_disabled
