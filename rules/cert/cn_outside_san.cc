// cert/cn-outside-san: a common name that looks like a host name and is not among the names that count.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_cn_outside_san {
namespace {

/// Letters, digits, hyphens and at least one dot, or localhost: "Orders API" is a title, "api.example" a host.
bool looks_like_host(std::string_view name) {
  if (name == "localhost") return true;
  if (name.find('.') == std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(), [](unsigned char character) {
    return std::isalnum(character) || character == '-' || character == '.' || character == '*';
  });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::server_leaves(context)) {
    const std::string& name = leaf.facts->common_name;
    if (!leaf.facts->has_san || !looks_like_host(name) || tls::covers_host(*leaf.facts, name)) continue;
    out.add(context, leaf,
            fmt::format("the common name '{}' of {} is not in its subjectAltName, so clients that call it by that name "
                        "refuse it",
                        name, tls::describe(leaf)));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/cn-outside-san",
    .summary = "the common name is not repeated in the subjectAltName",
    .why =
        "Clients ignore the common name. Where it names a host that the subjectAltName leaves out, whoever issued the "
        "certificate probably thought that the host was covered.",
    .cites = {{"RFC 9525", "2, 6.3", "https://www.rfc-editor.org/rfc/rfc9525#section-2"},
              {"Flex Gateway 1.8, outbound TLS policy", "SAN",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "none: issue the certificate again with all its names in subjectAltName",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/cn-outside-san
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem", "cn=api.example san=DNS:www.example no-ca issuer=ca.pem chain with-key"}}},
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
                          "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem "
                          "chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_cn_outside_san
