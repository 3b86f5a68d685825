// tls/missing-x25519: the key exchange group X25519 is not offered.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_missing_x25519 {
namespace {

std::string named(const std::vector<tls::Group>& groups) {
  std::vector<std::string> names;
  for (const tls::Group group : groups) names.push_back(tls::name(group));
  return fmt::format("{}", fmt::join(names, ", "));
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || !context.groups.known() || context.groups.value.empty()) return;
  const auto& groups = context.groups.value;
  if (std::find(groups.begin(), groups.end(), tls::kX25519) != groups.end()) return;
  const bool written = context.group_list.written();
  const std::string_view peers = context.role == tls::Role::Listener ? "clients" : "servers";
  Finding& finding = out.add(context, written ? context.group_list.where : Span{},
                             fmt::format("X25519 is not among the key exchange groups ({}); {} that know no other are "
                                         "refused",
                                         named(groups), peers));
  if (!written) lint::Reporter::by_version(finding, context);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/missing-x25519",
    .summary = "X25519 is not among the key exchange groups",
    .why =
        "X25519 is the group that most clients try first, alone or in the hybrid X25519MLKEM768. With TLS 1.3 a server "
        "that has neither answers with HelloRetryRequest, which costs a round trip on every new connection; clients "
        "that "
        "know no other group cannot connect at all.",
    .cites = {{"RFC 8446", "4.1.4, 9.1", "https://www.rfc-editor.org/rfc/rfc8446#section-4.1.4"},
              {"KrakenD 2.6, TLS settings", "curve_preferences",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "curve_preferences": [23, 24, 25]   //~ tls/missing-x25519
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
    "curve_preferences": [29, 23, 24, 25]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_missing_x25519
