// config/inline-private-key: the file itself holds a private key.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "lint/git_index.h"
#include "lint/rule.h"

namespace tlsward::rules::config_inline_private_key {
namespace {

bool holds_private_key(const tls::Material& material) {
  if (!material.inline_text || material.from_define) return false;
  if (material.bundle.encoding == tls::Encoding::Placeholder) return false;
  return std::any_of(material.bundle.blocks.begin(), material.bundle.blocks.end(),
                     [](const tls::PemBlock& block) { return block.kind == tls::PemKind::PrivateKey; });
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  lint::GitIndex git;
  for (const tls::TlsContext& context : set.reading.contexts) {
    for (const tls::Material& material : context.material) {
      if (!holds_private_key(material)) continue;
      const std::string& path = set.sources->path(material.where.file);
      const bool tracked = git.tracks(path);
      out.add(tracked ? Severity::Error : Severity::Warning, material.where,
              fmt::format("{} is a private key that is stored in {}{}; keep it in a secret store and reference it from "
                          "here",
                          material.field, path, tracked ? ", which git tracks" : ""),
              material.field);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/inline-private-key",
    .summary = "a private key is stored in a configuration file",
    .why =
        "Configuration files are copied, reviewed and kept in version control, where a key can be read by everybody "
        "who "
        "can read the file, and by their successors for as long as the history is kept. It is an error where git "
        "tracks the file. A key that was published must be replaced, not only removed.",
    .cites = {{"OWASP, Secrets Management Cheat Sheet", "",
               "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"},
              {"Flex Gateway declarative configuration reference", "environment variables",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Warning,
    .also = {Severity::Error},
    .fix = "none: move the key to a secret store, reference it, and replace the key if anybody else could read it",
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: |   #~ config/inline-private-key
        {{pem:api.key}}
      crt: |
        {{pem:api.pem}}
)",
            .recipes = {{"api.pem", "cn=api.example san=DNS:api.example no-ca"},
                        {"api.key", "key-of=api.pem key-only"}}},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: orders-tls
spec:
  targetRef:
    kind: ApiInstance
    name: orders
  policyRef:
    name: tls
  config:
    certificate:
      key: $TLS_KEY
      crt: |
        {{pem:api.pem}}
)",
             .recipes = {{"api.pem", "cn=api.example san=DNS:api.example no-ca"}}},
    .check = check,
};

}  // namespace tlsward::rules::config_inline_private_key
