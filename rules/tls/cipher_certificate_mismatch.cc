// tls/cipher-certificate-mismatch: suites that need another kind of key than that of the certificate.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"
#include "tls/material.h"

namespace tlsward::rules::tls_cipher_certificate_mismatch {
namespace {

using Entries = std::vector<const tls::ListedCipher*>;

/// The key types of the listener's certificates; empty where any of them is not known.
std::set<tls::KeyType> key_types(const tls::TlsContext& context) {
  std::set<tls::KeyType> result;
  for (const tls::Material& material : context.material) {
    if (material.use != tls::MaterialUse::Certificate || material.part == tls::MaterialPart::Key) continue;
    if (!tls::is_read(material) || material.bundle.certificates.empty()) return {};
    result.insert(material.bundle.certificates.front().key.type);
  }
  return result.count(tls::KeyType::Unknown) != 0 ? std::set<tls::KeyType>{} : result;
}

/// RFC 5246, 7.4.2, and RFC 8422, 5.10: the suite says what the server must sign with.
bool fits(tls::CipherSuite suite, const std::set<tls::KeyType>& types) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  if (!facts) return true;
  const auto has = [&](tls::KeyType type) { return types.count(type) != 0; };
  switch (facts->authentication) {
    case tls::Authentication::Ecdsa:
      return has(tls::KeyType::Ec) || has(tls::KeyType::Ed25519) || has(tls::KeyType::Ed448);
    case tls::Authentication::Rsa:
      return has(tls::KeyType::Rsa) || has(tls::KeyType::RsaPss);
    default:
      return true;
  }
}

std::string_view needed(tls::CipherSuite suite) {
  return tls::facts(suite)->authentication == tls::Authentication::Ecdsa ? "an EC" : "an RSA";
}

/// What may be chosen below TLS 1.3, whose suites say nothing of the key.
Entries candidates(const tls::TlsContext& context) {
  Entries result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (tls::may_be_negotiated(context, entry) && !tls::is_tls13(*entry.suite)) result.push_back(&entry);
  }
  return result;
}

/// A version that somebody asked for has no suite at all.
bool leaves_version_without(const tls::TlsContext& context) {
  const auto usable = tls::negotiable_versions(context);
  return std::any_of(context.versions.value.begin(), context.versions.value.end(), [&](tls::Version version) {
    const bool asked_for = version == tls::kTls12 || (version < tls::kTls12 && context.min_version.written());
    return asked_for && std::find(usable.begin(), usable.end(), version) == usable.end();
  });
}

std::string named(const std::set<tls::KeyType>& types) {
  std::string text;
  for (const tls::KeyType type : types) text += fmt::format("{}{}", text.empty() ? "" : " and ", tls::name(type));
  return text;
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.enabled || context.role != tls::Role::Listener || !context.cipher_list.written()) return;
  const auto& list = context.cipher_list.value;
  const bool all_known = context.ciphers.known() &&
                         std::none_of(list.begin(), list.end(), [](const auto& entry) { return entry.unresolved; });
  const auto types = key_types(context);
  if (types.empty() || !all_known) return;
  const Entries all = candidates(context);
  Entries unfit = all;
  std::erase_if(unfit, [&](const tls::ListedCipher* entry) { return fits(*entry->suite, types); });
  if (unfit.empty()) return;
  const bool none_left = unfit.size() == all.size();
  // The finding takes the place of tls/version-without-cipher at the list, which an info does not explain.
  if (!none_left && leaves_version_without(context)) return;
  Finding& finding = out.add(
      none_left ? Severity::Error : Severity::Info, context, context.cipher_list.where,
      fmt::format("the certificate has an {} key, but {} of {} suites that could be negotiated {} {} key", named(types),
                  unfit.size(), all.size(), unfit.size() == 1 ? "needs" : "need", needed(*unfit.front()->suite)));
  if (!context.versions.known()) lint::Reporter::lower(finding, Confidence::Low);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/cipher-certificate-mismatch",
    .summary = "cipher suites need another kind of key than the certificate has",
    .why =
        "Up to TLS 1.2 the suite says what the server signs with: ECDHE_ECDSA suites need an elliptic key, ECDHE_RSA "
        "and RSA suites an RSA key. Suites of the other kind are passed over; where no other is listed, every "
        "handshake below TLS 1.3 fails.",
    .cites = {{"RFC 5246", "7.4.2", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2"},
              {"RFC 8422", "2, 5.10", "https://www.rfc-editor.org/rfc/rfc8422#section-2"}},
    .severity = Severity::Error,
    .also = {Severity::Info},
    .fix = "none: list suites for the key, or use a certificate for the suites",
    .replaces = {"tls/version-without-cipher"},
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }],
    "min_version": "TLS12",
    "cipher_suites": [49195, 49196]   //~ tls/cipher-certificate-mismatch
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "rsa:2048 cn=api.example san=DNS:api.example no-ca issuer=ca.pem chain with-key"}}},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "server.pem", "private_key": "server.pem" }],
    "min_version": "TLS12",
    "cipher_suites": [49199, 49200]
  }
}
)",
             .recipes = {{"root.pem", "ca cn=Example-Root"},
                         {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                         {"server.pem",
                          "rsa:2048 cn=api.example san=DNS:api.example no-ca issuer=ca.pem chain with-key"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_cipher_certificate_mismatch
