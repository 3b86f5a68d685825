// krakend/unknown-version-string: a version that KrakenD silently takes for TLS 1.3.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unknown_version_string {
namespace {

using gateways::krakend::Settings;

// The version that the other bound stands for; nullopt where it is not known.
std::optional<tls::Version> effective(const Member* member, bool open) {
  if (member == nullptr) return open ? std::nullopt : std::optional(tls::kTls13);
  if (member->value.unresolved || !member->value.is_scalar()) return std::nullopt;
  return gateways::krakend::named_version(member->value.scalar).value_or(tls::kTls13);
}

// A fix that only narrows what is accepted, and leaves something (no default suite serves less than TLS 1.2), or that
// changes nothing at all.
bool keeps_within(const Settings& settings, bool is_minimum, tls::Version meant) {
  if (meant == tls::kTls13) return true;
  const std::optional<tls::Version> minimum = effective(settings.min_version, settings.open);
  return !is_minimum && meant >= tls::kTls12 && minimum && *minimum <= meant;
}

bool minimum_is_above(const Settings& settings, tls::Version maximum) {
  const std::optional<tls::Version> minimum = effective(settings.min_version, settings.open);
  return minimum && *minimum > maximum;
}

void check_bound(const Settings& settings, const Member* member, bool is_minimum, std::string_view subject,
                 lint::Reporter& out) {
  if (gateways::krakend::is_empty(member)) return;
  const Node& node = member->value;
  if (node.unresolved || !node.is_scalar()) return;
  if (gateways::krakend::named_version(node.scalar)) return;
  Finding& finding = out.add(lint::place_of(node),
                             fmt::format("\"{}\" is not known to KrakenD and means TLS13; accepted are TLS10, TLS11, "
                                         "TLS12, TLS13 and SSL3.0",
                                         node.scalar),
                             subject);
  const std::optional<tls::Version> meant = tls::parse_version(node.scalar);
  if (!meant || *meant < tls::kTls10 || *meant > tls::kTls13) return;
  // As it is meant it would leave no version; the gateway speaks TLS 1.3 today.
  const bool leaves_none = !is_minimum && *meant < tls::kTls12 && minimum_is_above(settings, *meant);
  finding.fix = leaves_none ? out.set_version(node.where, tls::kTls13, false)
                            : out.set_version(node.where, *meant, keeps_within(settings, is_minimum, *meant));
}

void check_block(const Settings& settings, std::string_view subject, lint::Reporter& out) {
  check_bound(settings, settings.min_version, true, subject, out);
  check_bound(settings, settings.max_version, false, subject, out);
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    if (gateways::krakend::tls_active(configuration)) check_block(configuration.tls, "tls", out);
    for (const auto* block : client_blocks(configuration, out.options().read.edition)) {
      check_block(*block, block->subject, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unknown-version-string",
    .summary = "a TLS version that KrakenD does not know means TLS 1.3",
    .why =
        "KrakenD compares min_version and max_version letter by letter with five words. Everything else, \"TLS1.2\" "
        "and "
        "\"tls12\" included, means TLS13 to it, for both bounds and without a word in the log. A mistyped minimum cuts "
        "off clients with TLS 1.2, a mistyped maximum caps nothing.",
    .cites = {{"KrakenD 2.6, TLS settings", "min_version, max_version",
               "https://www.krakend.io/docs/v2.6/service-settings/tls/"},
              {"lura 2.6.1, server.go", "parseTLSVersion",
               "https://github.com/luraproject/lura/blob/v2.6.1/transport/http/server/server.go"}},
    .severity = Severity::Error,
    .fix =
        "safe where it only narrows what is accepted or changes nothing, else unsafe: write the version as KrakenD "
        "does, or TLS13 where an older maximum would leave no version",
    .replaces = {"krakend/schema-violation", "config/wrong-type"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS1.2"   //~ krakend/unknown-version-string
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
    "min_version": "TLS13"
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_unknown_version_string
