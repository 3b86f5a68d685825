// config/missing-file: a file that the configuration names is not there or cannot be read.
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "lint/rule.h"

namespace tlsward::rules::config_missing_file {
namespace {

/// Files that were told of, each with the configuration that names it: one mistake of several configurations is one of
/// each, or what is accepted in one would hide it in the others.
using Seen = std::set<std::pair<FileId, std::string>>;

std::string with_effect(std::string message, const tls::Material& material) {
  if (!material.effect.empty()) message += fmt::format("; {}", material.effect);
  return message;
}

/// What is wrong with the file, with the place where it was looked for if that is not plain from the value.
std::string describe(const tls::Material& material) {
  const std::string where =
      material.file == material.written ? std::string() : fmt::format(" (looked for at '{}')", material.file);
  if (material.state == tls::MaterialState::Missing)
    return fmt::format("{}: file '{}' not found{}", material.field, material.written, where);
  return fmt::format("{}: file '{}' cannot be read{}: {}", material.field, material.written, where, material.problem);
}

void check_material(const tls::Material& material, Seen& seen, lint::Reporter& out) {
  if (material.state != tls::MaterialState::Missing && material.state != tls::MaterialState::Unreadable) return;
  if (material.inline_text) {
    out.add(Severity::Error, material.where,
            with_effect(fmt::format("{} {}", material.field, material.problem), material), material.field);
    return;
  }
  if (material.written.empty() || !seen.emplace(material.where.file, material.file).second) return;
  const bool target = !out.options().read.root.empty();
  Finding& finding = out.add(target ? Severity::Error : Severity::Info, material.where,
                             with_effect(describe(material), material), material.field);
  if (target) return;
  finding.label = "not found here";
  if (material.state == tls::MaterialState::Unreadable) finding.label = "cannot be read here";
  finding.notes.push_back("rules about certificates are skipped; --root DIR names the file system of the target");
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  Seen seen;
  for (const tls::TlsContext& context : set.reading.contexts) {
    for (const tls::Material& material : context.material) check_material(material, seen, out);
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/missing-file",
    .summary = "a certificate or key file is missing or cannot be read",
    .why =
        "Gateways differ in what they do then: KrakenD does not start without the files of its own key pair, but only "
        "logs a missing CA or client certificate and goes on without it; Tyk drops the entry. Certificates are "
        "often mounted at run time only, so this is an error only where --root names the file system of the target.",
    .cites = {{"KrakenD, TLS settings", "", "https://www.krakend.io/docs/service-settings/tls/"},
              {"Lura, TLS of the server", "",
               "https://github.com/luraproject/lura/blob/v2.12.0/transport/http/server/server.go"},
              {"Tyk, TLS certificates", "", "https://tyk.io/docs/basic-config-and-security/security/tls-and-ssl/"}},
    .severity = Severity::Info,
    .also = {Severity::Error},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "/tls/api.pem",   //~ config/missing-file
        "private_key": "/tls/api.key"   //~ config/missing-file
      }
    ]
  }
}
)",
            .options = "--root ."},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "/tls/api.pem",
        "private_key": "/tls/api.key"
      }
    ]
  }
}
)",
             .recipes = {{"tls/api.pem", "cn=api.example san=DNS:api.example no-ca"},
                         {"tls/api.key", "key-of=tls/api.pem key-only"}},
             .options = "--root ."},
    .check = check,
};

}  // namespace tlsward::rules::config_missing_file
