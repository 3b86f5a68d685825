// cert/unusable-wildcard: a name with a star that no client understands.
#include <algorithm>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_unusable_wildcard {
namespace {

/// RFC 9525, 6.3: the star stands alone in the left-most label. Above a single label it would cover a whole top-level
/// domain, which clients refuse.
bool is_usable(std::string_view name) {
  if (std::count(name.begin(), name.end(), '*') == 0) return true;
  return name.starts_with("*.") && name.rfind('*') == 0 && std::count(name.begin(), name.end(), '.') >= 2;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    for (const std::string& name : leaf.facts->dns_names) {
      if (is_usable(name)) continue;
      Finding& finding =
          out.add(context, leaf,
                  fmt::format("the name '{}' of {} covers nothing; a star must be the whole left-most label, with two "
                              "or more labels behind it",
                              name, tls::describe(leaf)));
      finding.value = name;
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/unusable-wildcard",
    .summary = "a wildcard name in a certificate covers nothing",
    .why =
        "A star in a certificate stands for exactly one label and must be that label, at the very left: *.example.com. "
        "Clients take api.*.example.com, api*.example.com or *.com for plain text that fits no host.",
    .cites = {{"RFC 9525", "6.3", "https://www.rfc-editor.org/rfc/rfc9525#section-6.3"}},
    .severity = Severity::Warning,
    .fix = "none: issue it again with names that clients understand",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/unusable-wildcard
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example,DNS:api.*.example no-ca issuer=ca.pem chain with-key"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",
        "private_key": "server.pem"
      }
    ]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "cn=api.example san=DNS:api.example,DNS:*.api.example no-ca issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_unusable_wildcard
