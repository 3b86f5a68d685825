// krakend/overlapping-certificates: two certificates for one name.
#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/material.h"

namespace tlsward::rules::krakend_overlapping_certificates {
namespace {

const tls::CertificateFacts* leaf_of(const tls::TlsContext& context, const tls::Identity& identity) {
  if (identity.certificate == tls::kNoMaterial) return nullptr;
  const tls::Material& material = context.material[identity.certificate];
  if (!tls::is_read(material) || material.bundle.certificates.empty()) return nullptr;
  return &material.bundle.certificates.front();
}

bool equal_names(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// True where a client that asks for `name` (or, for a star, for any name below it) is shown `certificate`.
bool serves(const tls::CertificateFacts& certificate, const std::string& name) {
  if (!name.starts_with("*.")) return tls::covers_host(certificate, name);
  const auto& names = certificate.dns_names;
  return std::any_of(names.begin(), names.end(), [&](const std::string& one) { return equal_names(one, name); });
}

/// A name of the second that the first is for as well; empty where there is none.
std::string shared_name(const tls::CertificateFacts& first, const tls::CertificateFacts& second) {
  const auto& names = second.dns_names;
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& name) { return serves(first, name); });
  return found == names.end() ? std::string() : *found;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.gateway != "krakend" || context.role != tls::Role::Listener) return;
  for (std::size_t later = 1; later < context.identities.size(); ++later) {
    const tls::CertificateFacts* second = leaf_of(context, context.identities[later]);
    for (std::size_t earlier = 0; second != nullptr && earlier < later; ++earlier) {
      const tls::CertificateFacts* first = leaf_of(context, context.identities[earlier]);
      if (first == nullptr || first->key.type != second->key.type || first->key.type == tls::KeyType::Unknown) continue;
      const std::string name = shared_name(*first, *second);
      if (name.empty()) continue;
      const tls::Material& used = context.material[context.identities[earlier].certificate];
      const tls::Material& unused = context.material[context.identities[later].certificate];
      out.add(context, unused,
              fmt::format("the name {} is served by {} already; the certificate of {} is never shown for it", name,
                          used.field, unused.field));
      break;
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/overlapping-certificates",
    .summary = "two certificates of one key type are for the same name",
    .why =
        "Go takes the first certificate that fits the client's server name and algorithms. A second one with "
        "the same name (a star in front counts) and the same type of key is never shown for it; after a renewal that "
        "appended the new "
        "pair, clients keep seeing the old one until it expires.",
    .cites = {{"Go, crypto/tls", "Config.Certificates", "https://pkg.go.dev/crypto/tls#Config"},
              {"KrakenD 2.6, TLS settings", "keys", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "none: remove the one that is not meant",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [
      { "public_key": "old.pem", "private_key": "old.pem" },
      { "public_key": "new.pem", "private_key": "new.pem" }   //~ krakend/overlapping-certificates
    ]
  },
  "endpoints": []
}
)",
            .recipes = {{"old.pem", "cn=api.example san=DNS:api.example with-key"},
                        {"new.pem", "cn=api.example san=DNS:api.example,DNS:www.example with-key"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [
      { "public_key": "old.pem", "private_key": "old.pem" },
      { "public_key": "other.pem", "private_key": "other.pem" }
    ]
  },
  "endpoints": []
}
)",
             .recipes = {{"old.pem", "cn=api.example san=DNS:api.example with-key"},
                         {"other.pem", "cn=shop.example san=DNS:shop.example with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::krakend_overlapping_certificates
