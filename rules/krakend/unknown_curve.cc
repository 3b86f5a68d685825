// krakend/unknown-curve: a curve id other than 23, 24 and 25.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unknown_curve {
namespace {

constexpr std::array kDocumented = {tls::kP256, tls::kP384, tls::kP521};

bool is_documented(tls::Group group, gateways::ProductVersion version) {
  if (std::find(kDocumented.begin(), kDocumented.end(), group) != kDocumented.end()) return true;
  return group == tls::kX25519 && version < gateways::krakend::kX25519Gone;
}

std::string label_of(tls::Group group) {
  return tls::facts(group) != nullptr ? fmt::format("{} ({})", group.code, tls::name(group))
                                      : fmt::format("{} (no registered group)", group.code);
}

void report(const tls::TlsContext& context, const tls::ListedGroup& entry, lint::Reporter& out) {
  if (entry.accepted) {
    Finding& finding = out.add(Severity::Info, context, entry.where,
                               fmt::format("{} works, but the schema lists 23, 24 and 25 only, so that krakend check "
                                           "--lint fails",
                                           label_of(entry.group)));
    lint::Reporter::by_version(finding, context);
    return;
  }
  const bool nothing_left = context.groups.known() && context.groups.value.empty();
  Finding& finding =
      out.add(context, entry.where,
              fmt::format("{} is ignored{}; accepted are 23 (P-256), 24 (P-384) and 25 (P-521)", label_of(entry.group),
                          nothing_left ? " and no other curve is left, with which every handshake fails" : ""));
  // Only of a hybrid does it depend on the version whether Go has it.
  if (entry.group == tls::kX25519MlKem768) lint::Reporter::by_version(finding, context);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend") return;
  for (const tls::ListedGroup& entry : context.group_list.value) {
    const gateways::Claimed* claimed = out.set().claimed(entry.where);
    if (claimed == nullptr || is_documented(entry.group, claimed->version.number)) continue;
    report(context, entry, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unknown-curve",
    .summary = "a curve id that KrakenD does not document",
    .why =
        "curve_preferences takes 23, 24 and 25. KrakenD passes every number on to Go, which ignores those that it does "
        "not have; a list of such numbers alone leaves no key exchange and every handshake fails. Go also has 29 "
        "(X25519) and, in KrakenD 2.10 and later, 4588 (X25519MLKEM768): both work although the schema does not list "
        "them.",
    .cites = {{"KrakenD 2.6, TLS settings", "curve_preferences",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"Go, crypto/tls", "CurveID", "https://pkg.go.dev/crypto/tls#CurveID"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: use 23, 24 or 25",
    .replaces = {"krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [30]   //~ krakend/unknown-curve
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [23, 24, 25]
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_unknown_curve
