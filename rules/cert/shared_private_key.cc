// cert/shared-private-key: one private key in several places.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::cert_shared_private_key {
namespace {

struct Use {
  const tls::TlsContext* context = nullptr;
  const tls::PlacedCertificate certificate;
};

std::string_view role(const Use& use) {
  return use.context->role == tls::Role::Listener ? "listener" : "client";
}

/// One value of the configuration that several contexts share is one use; so is one certificate that one endpoint, or
/// the listeners together, have twice.
bool is_new(const std::vector<Use>& uses, const tls::TlsContext& context, const tls::PlacedCertificate& leaf) {
  return std::none_of(uses.begin(), uses.end(), [&](const Use& use) {
    const bool same_certificate = use.certificate.facts->sha256 == leaf.facts->sha256;
    const bool same_side = use.context->role == context.role &&
                           (context.role == tls::Role::Listener || use.context->subject == context.subject);
    return use.certificate.material->where == leaf.material->where || (same_side && same_certificate);
  });
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  std::map<std::string, std::vector<Use>> by_key;
  for (const tls::TlsContext& context : set.reading.contexts) {
    for (const auto& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
      auto& uses = by_key[leaf.facts->key.spki_sha256];
      if (is_new(uses, context, leaf)) uses.push_back({&context, leaf});
    }
  }
  for (const auto& [key, uses] : by_key) {
    if (key.empty() || uses.size() < 2) continue;
    const Use& second = uses[1];
    const bool same_certificate = second.certificate.facts->sha256 == uses[0].certificate.facts->sha256;
    const std::string text = same_certificate
                                 ? fmt::format("this {} certificate, with its key, is also the {} certificate of {}",
                                               role(second), role(uses[0]), uses[0].context->subject)
                                 : fmt::format("the key of this {} certificate is also that of the {} certificate {}",
                                               role(second), role(uses[0]), tls::describe(uses[0].certificate));
    Finding& finding = out.add(*second.context, second.certificate, text);
    finding.related.push_back({uses[0].certificate.material->where, "the same key"});
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/shared-private-key",
    .summary = "one private key is used in several places",
    .why =
        "A key that serves as server and as client, or for several upstreams, is lost everywhere when it is lost once, "
        "and has to be replaced everywhere at the same time. A certificate with a key of its own for each use costs "
        "nothing.",
    .cites = {{"NIST SP 800-57 part 1 rev. 5", "5.2", "https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final"}},
    .severity = Severity::Info,
    .fix = "none: make a key for each use",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      {
        "certificate": "server.pem",   //~ cert/shared-private-key
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca ku=digitalSignature issuer=ca.pem chain with-key"}}},
    .good =
        {.gateway = "krakend@2.13",
         .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }]
  },
  "client_tls": {
    "min_version": "TLS12",
    "client_certs": [
      {
        "certificate": "client.pem",
        "private_key": "client.pem"
      }
    ]
  }
}
)",
         .recipes = {{"root.pem", "ca cn=Example-Root"},
                     {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                     {"server.pem",
                      "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca.pem chain "
                      "with-key"},
                     {"client.pem",
                      "cn=gateway.example san=DNS:gateway.example no-ca eku=clientAuth issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::cert_shared_private_key
