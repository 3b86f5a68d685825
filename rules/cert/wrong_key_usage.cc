// cert/wrong-key-usage: a keyUsage that does not allow what TLS does with the key.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"
#include "tls/material.h"

namespace tlsward::rules::cert_wrong_key_usage {
namespace {

bool has(const tls::CertificateFacts& certificate, std::string_view usage) {
  const auto& all = certificate.key_usage;
  return std::find(all.begin(), all.end(), usage) != all.end();
}

bool has_rsa_key_exchange(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts && facts->key_exchange == tls::KeyExchange::Rsa;
}

bool lists_rsa_key_exchange(const tls::TlsContext& context) {
  const auto& list = context.cipher_list.value;
  return context.cipher_list.written() && std::any_of(list.begin(), list.end(), [&](const tls::ListedCipher& entry) {
           return entry.suite && has_rsa_key_exchange(*entry.suite) && tls::may_be_negotiated(context, entry);
         });
}

bool was_seen_with_rsa_key_exchange(const tls::TlsContext& context) {
  const auto& ciphers = context.ciphers.value;
  return tls::is_observed(context) && std::any_of(ciphers.begin(), ciphers.end(), [](const auto& list) {
           return std::any_of(list.second.begin(), list.second.end(), has_rsa_key_exchange);
         });
}

/// What the handshake needs and the certificate does not allow, or empty.
std::string_view forbidden(const tls::TlsContext& context, const tls::CertificateFacts& certificate) {
  // A CA has the usages of one; that it should not be here at all is said by cert/ca-as-leaf.
  if (!certificate.has_key_usage || certificate.is_ca) return {};
  if (!has(certificate, "digitalSignature")) return "digitalSignature, which ECDHE and TLS 1.3 need";
  if (context.role != tls::Role::Listener || certificate.key.type != tls::KeyType::Rsa) return {};
  if (has(certificate, "keyEncipherment")) return {};
  if (was_seen_with_rsa_key_exchange(context)) return "keyEncipherment, which its suites with RSA key exchange need";
  return lists_rsa_key_exchange(context) ? "keyEncipherment, which the listed suites with RSA key exchange need" : "";
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  for (const tls::PlacedCertificate& leaf : tls::leaves(context, tls::MaterialUse::Certificate)) {
    const std::string_view usage = forbidden(context, *leaf.facts);
    if (usage.empty()) continue;
    out.add(context, leaf,
            fmt::format("the key usage of {} is {} without {}", tls::describe(leaf),
                        fmt::join(leaf.facts->key_usage, ", "), usage));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "cert/wrong-key-usage",
    .summary = "the key usage of a certificate forbids what TLS needs",
    .why =
        "The extension keyUsage says what the key may do. Suites with ECDHE and all of TLS 1.3 sign with it, which "
        "needs digitalSignature; suites with RSA key exchange decrypt with it, which needs keyEncipherment. Strict "
        "peers end the handshake where the bit is missing.",
    .cites = {{"RFC 8446", "4.4.2.2", "https://www.rfc-editor.org/rfc/rfc8446#section-4.4.2.2"},
              {"RFC 5246", "7.4.2", "https://www.rfc-editor.org/rfc/rfc5246#section-7.4.2"}},
    .severity = Severity::Warning,
    .fix = "none: issue it again with digitalSignature",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [
      {
        "public_key": "server.pem",   //~ cert/wrong-key-usage
        "private_key": "server.pem"
      }
    ]
  }
}
)",
            .recipes = {{"root.pem", "ca cn=Example-Root"},
                        {"ca.pem", "ca pathlen=0 cn=Example-CA issuer=root.pem"},
                        {"server.pem",
                         "cn=api.example san=DNS:api.example no-ca ku=keyAgreement issuer=ca.pem chain with-key"}}},
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

}  // namespace tlsward::rules::cert_wrong_key_usage
