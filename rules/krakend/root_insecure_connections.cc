// krakend/root-insecure-connections: verification of upstreams switched off at the root.
#include <optional>
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_root_insecure_connections {
namespace {

namespace krakend = gateways::krakend;
using krakend::Configuration;

std::optional<Fix> moved(const Configuration& configuration, bool safe, const lint::Reporter& out) {
  const Member& member = *configuration.allow_insecure_connections;
  Span place = member.key_where;
  place.end = member.value.where.end;
  // There may be a comment between them.
  if (out.text(place).find('\n') != std::string_view::npos) return std::nullopt;
  const bool json = configuration.document->format == Format::Json;
  const std::string value(out.text(member.value.where));
  return out.replace(place,
                     json ? fmt::format(R"("client_tls": {{ "allow_insecure_connections": {} }})", value)
                          : fmt::format("client_tls: {{ allow_insecure_connections: {} }}", value),
                     "move it into client_tls", safe);
}

/// Into the client_tls that is there.
std::optional<Fix> joined(const Configuration& configuration, bool safe, const lint::Reporter& out) {
  const krakend::ClientTls& block = *configuration.client_tls;
  const Span key = configuration.allow_insecure_connections->key_where;
  if (block.allow_insecure_connections.written() && block.allow_insecure_connections.value)
    return out.remove(key, "remove it; client_tls says the same", safe);
  if (block.node->find("allow_insecure_connections") != nullptr) return std::nullopt;
  return out.move(key, block.node->where, "move it into client_tls", safe);
}

/// KrakenD reads the switch at the root and in client_tls alike, and false like its absence.
std::optional<Fix> mended(const Configuration& configuration, const lint::Reporter& out) {
  const Member& member = *configuration.allow_insecure_connections;
  const auto& insecure = configuration.allow_insecure;
  if (member.merged || member.value.used_at.known()) return std::nullopt;
  if (insecure.known() && !insecure.value) return out.remove(member.key_where, "remove it", true);
  // Before 2.3 client_tls would not be read. Where KrakenD did not start, the fix has it call upstreams for the first
  // time.
  const bool safe = insecure.known() && !configuration.version.guessed && !krakend::panics_at_start(configuration);
  if (configuration.client_tls) return joined(configuration, safe, out);
  if (configuration.client_tls_presence != krakend::Presence::Absent) return std::nullopt;
  // `client_tls: null` stands there already.
  if (configuration.root->find("client_tls") != nullptr) return std::nullopt;
  return moved(configuration, safe, out);
}

void tell_unread(const Configuration& configuration, lint::Reporter& out) {
  out.add(configuration.allow_insecure_connections->key_where,
          fmt::format("allow_insecure_connections exists since KrakenD 2.1; {} ignores it and verifies upstreams",
                      gateways::name(configuration.version.number)),
          "client_tls");
}

/// $schema names 2.4 alone, which may be a later patch than the last one that panics for sure.
bool may_be_later_patch(const gateways::ProductVersion& version) {
  return version == gateways::ProductVersion{2, 4, 0};
}

void tell_panic(const Configuration& configuration, lint::Reporter& out) {
  Finding& finding =
      out.add(Severity::Error, configuration.allow_insecure_connections->key_where,
              fmt::format("KrakenD {} panics at start, because allow_insecure_connections is true at the "
                          "root and there is no client_tls; it belongs into client_tls",
                          gateways::name(configuration.version.number)),
              "client_tls");
  if (may_be_later_patch(configuration.version.number)) lint::Reporter::lower(finding, Confidence::Medium);
  finding.fix = mended(configuration, out);
}

void tell_deprecated(const Configuration& configuration, lint::Reporter& out) {
  Finding& finding = out.add(configuration.allow_insecure_connections->key_where,
                             "allow_insecure_connections at the root is deprecated since KrakenD 2.3 and unknown to "
                             "the schema since 2.4; it belongs into client_tls",
                             "client_tls");
  finding.fix = mended(configuration, out);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const Configuration& configuration : model.configurations) {
    if (configuration.allow_insecure_connections == nullptr) continue;
    const gateways::ProductVersion version = configuration.version.number;
    if (version < krakend::kRootInsecureSince) {
      tell_unread(configuration, out);
    } else if (krakend::panics_at_start(configuration)) {
      tell_panic(configuration, out);
    } else if (version >= krakend::kClientTlsSince) {
      tell_deprecated(configuration, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/root-insecure-connections",
    .summary = "allow_insecure_connections stands at the root",
    .why =
        "KrakenD still honours the switch at the root and makes a client_tls of it, whose minimum is TLS 1.3. The "
        "schema dropped it in 2.4, so that krakend check --lint refuses the file. That it switches off the "
        "verification of all upstreams is told by tls/unverified-peer. In 2.1 and 2.2 it has no other place; 2.0 "
        "does not know it. KrakenD 2.3 and 2.4, up to 2.4.3 at least, panic at start where it is true and there is "
        "no client_tls; 2.5 does not.",
    .cites = {{"KrakenD 2.3, TLS settings", "client_tls", "https://www.krakend.io/docs/v2.3/service-settings/tls/"},
              {"lura, pull request 682", "", "https://github.com/luraproject/lura/pull/682"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix =
        "safe: move true into client_tls where the version is known, remove false; else, and where KrakenD panics, "
        "unsafe",
    .replaces = {"config/unknown-field", "krakend/schema-violation"},
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "allow_insecure_connections": false,   //~ krakend/root-insecure-connections
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
  "client_tls": { "min_version": "TLS12", "allow_insecure_connections": false },
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_root_insecure_connections
