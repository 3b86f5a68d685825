// config/relative-path: a file name that is meant from wherever the gateway was started.
#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

#include "lint/rule.h"

namespace tlsward::rules::config_relative_path {
namespace {

/// Paths alone: ids of a store, references and text in place of a path have no directory to be relative to.
bool is_relative_path(const tls::Material& material) {
  if (material.inline_text || material.from_define || material.store_id || material.written.empty()) return false;
  if (material.state == tls::MaterialState::Unresolved || material.state == tls::MaterialState::StoreId) return false;
  return material.written.front() != '/';
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  // Once for each configuration: what is accepted in one must not hide it in another.
  std::set<std::pair<FileId, std::string>> seen;
  for (const tls::TlsContext& context : set.reading.contexts) {
    for (const tls::Material& material : context.material) {
      if (!is_relative_path(material) || !seen.emplace(material.where.file, material.written).second) continue;
      out.add(material.where,
              fmt::format("'{}' is looked for in the working directory of the {} process; an absolute path does not "
                          "depend on how that was started",
                          material.written, set.gateway->name),
              material.field);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/relative-path",
    .summary = "a path depends on the working directory of the gateway",
    .why =
        "A relative path works or fails with the directory that the gateway is started from: a service manager, a "
        "container image and a shell use different ones.",
    .cites = {{"Linux manual pages, path_resolution(7)", "Step 1: start of the resolution process",
               "https://man7.org/linux/man-pages/man7/path_resolution.7.html"},
              {"KrakenD, TLS settings", "", "https://www.krakend.io/docs/service-settings/tls/"}},
    .severity = Severity::Info,
    .fix = "none: write the absolute path on the target machine",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "./certs/cert.pem",   //~ config/relative-path
        "private_key": "./certs/key.pem"    //~ config/relative-path
      }
    ]
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "/etc/krakend/certs/cert.pem",
        "private_key": "/etc/krakend/certs/key.pem"
      }
    ]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::config_relative_path
