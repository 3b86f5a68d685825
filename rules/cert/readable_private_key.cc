// cert/readable-private-key: a private key that everybody on the machine can read.
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::cert_readable_private_key {
namespace {

constexpr unsigned kEverybody = 07;

/// A checkout of git cannot keep a mode of 0600.
bool is_in_checkout(const std::string& file) {
  std::error_code ignored;
  for (std::filesystem::path folder = std::filesystem::absolute(file, ignored).parent_path();;
       folder = folder.parent_path()) {
    if (std::filesystem::exists(folder / ".git", ignored)) return true;
    if (folder == folder.root_path() || folder.empty()) return false;
  }
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  // Without --root the files may be those of a build machine.
  if (out.options().read.root.empty()) return;
  std::set<std::string_view> seen;
  for (const tls::Material& material : context.material) {
    const bool has_key = !material.bundle.private_keys.empty();
    if (!has_key || material.file.empty() || (material.file_mode & kEverybody) == 0 || is_in_checkout(material.file))
      continue;
    if (!seen.insert(material.file).second) continue;
    out.add(context, material,
            fmt::format("the private key in {} has mode {:04o}, which is open to everybody; 0600 or 0640 is not",
                        material.written, material.file_mode));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/readable-private-key",
    .summary = "the file of a private key can be read by everybody",
    .why =
        "Every program on the machine can read such a key and pose as the gateway. Judged only with --root, "
        "where the files are those that run, and not in a checkout of git, which keeps no modes.",
    .cites = {{"NIST SP 800-57 part 2 revision 1", "", "https://csrc.nist.gov/pubs/sp/800/57/pt2/r1/final"}},
    .severity = Severity::Info,
    .fix = "none: chmod 600",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/api.pem", "private_key": "/api.pem" }]   //~ cert/readable-private-key
  },
  "endpoints": []
}
)",
            .recipes = {{"api.pem", "cn=api.example san=DNS:api.example with-key"}},
            .options = "--root ."},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/api.pem", "private_key": "/other.key" }]
  },
  "endpoints": []
}
)",
             .recipes = {{"api.pem", "cn=api.example san=DNS:api.example"}},
             .options = "--root ."},
    .check = check,
};

}  // namespace tlsward::rules::cert_readable_private_key
