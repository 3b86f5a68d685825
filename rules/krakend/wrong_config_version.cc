// krakend/wrong-config-version: a configuration whose syntax version is not 3.
#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_wrong_config_version {
namespace {

constexpr std::int64_t kVersion = 3;
constexpr gateways::ProductVersion kFirstWith3{2, 0};
constexpr std::int64_t kVersionOfKrakend3 = 4;

void tell_krakend_3(const gateways::krakend::Configuration& configuration, lint::Reporter& out) {
  const Member* member = configuration.config_version;
  const Span where = member != nullptr ? member->value.where : configuration.root_key;
  if (!where.known()) return;
  const std::optional<std::int64_t> version = gateways::krakend::config_version(configuration);
  out.add(
      Severity::Info, where,
      version && *version != kVersionOfKrakend3
          ? fmt::format("KrakenD 3 takes version {} of the syntax, not {}; tlsward does not know KrakenD 3 yet, and "
                        "judges the file as one of KrakenD {}",
                        kVersionOfKrakend3, *version, gateways::name(gateways::krakend::kLatest))
          : fmt::format("this is the syntax of KrakenD 3, which tlsward does not know yet; the file is judged as "
                        "one of KrakenD {}",
                        gateways::name(gateways::krakend::kLatest)),
      "configuration");
}

void check(const gateways::krakend::Model& model, lint::Reporter& out) {
  for (const auto& configuration : model.configurations) {
    if (configuration.version.number < kFirstWith3) continue;
    const Member* member = configuration.config_version;
    if (gateways::krakend::is_for_krakend_3(configuration)) {
      tell_krakend_3(configuration, out);
      continue;
    }
    if (member == nullptr) {
      // A part of a configuration, to be included elsewhere, has no endpoints of its own.
      if (configuration.root->open || configuration.endpoints == nullptr) continue;
      Finding& finding = out.add(configuration.root_key,
                                 "no version, with which KrakenD refuses the file; it must be 3", "configuration");
      finding.label = "no version beside it";
      finding.fix = out.insert(configuration.root->where, "version", "3", false);
      continue;
    }
    if (gateways::krakend::is_empty(member) && configuration.endpoints != nullptr) {
      Finding& finding =
          out.add(lint::place_of(member->value), "version is empty, with which KrakenD refuses the file; it must be 3",
                  "configuration");
      finding.fix = out.replace(member->value.where, "3", "set to 3", false);
      continue;
    }
    const std::optional<std::int64_t> version = gateways::krakend::config_version(configuration);
    if (!version || *version == kVersion) continue;
    Finding& finding = out.add(
        member->value.where,
        fmt::format("version {} of the configuration syntax is refused; KrakenD 2 takes {} only", *version, kVersion),
        "configuration");
    finding.fix = out.replace(member->value.where, "3", "set to 3", false);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/wrong-config-version",
    .summary = "the version of the configuration syntax is not 3",
    .why =
        "version is the version of the syntax, not of KrakenD: every KrakenD 2 wants 3 there and stops at anything "
        "else with \"unsupported version\". Files of KrakenD 1 say 2. The Community Edition still takes the names "
        "that their extra_config has for components, which the schema refuses; attributes that were renamed "
        "(whitelist, blacklist) are no longer read and need the migration tool. KrakenD 3 wants 4: such a file is "
        "only told to be one, unless a release of KrakenD 2 is named.",
    .cites = {{"KrakenD, configuration structure", "version", "https://www.krakend.io/docs/configuration/structure/"},
              {"KrakenD, migrating to 2.0", "", "https://www.krakend.io/docs/configuration/migrating/"},
              {"KrakenD 3.0, schema", "version", "https://www.krakend.io/schema/v3.0/krakend.json"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "unsafe: write 3; the rest of an older file may need changes too",
    .replaces = {"config/wrong-type"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 2,   //~ krakend/wrong-config-version
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": []
}
)"},
    .check = lint::on_model<gateways::krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_wrong_config_version
