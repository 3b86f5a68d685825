#include "tls/policy.h"

#include <array>

namespace tlsward::tls {
namespace {

using namespace std::string_view_literals;

/// In the order of SuiteKind.
constexpr std::array kKindNames = {
    "no encryption"sv, "RC4"sv, "below 112 bits"sv, "below 128 bits"sv, "RSA key exchange"sv, "static DH"sv, "DHE"sv,
    "anonymous"sv,     "CBC"sv};

}  // namespace

std::span<const std::string_view> suite_kind_names() {
  return kKindNames;
}

std::string_view name(SuiteKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

bool is_kind(CipherSuite suite, SuiteKind kind) {
  const CipherSuiteFacts* row = facts(suite);
  if (row == nullptr) return false;
  const KeyExchange exchange = row->key_exchange;
  const bool encrypts = row->encryption != "NULL" && row->bits > 0;
  switch (kind) {
    case SuiteKind::NoEncryption:
      return !encrypts;
    case SuiteKind::Rc4:
      return row->encryption.starts_with("RC4");
    case SuiteKind::Below112:
      return encrypts && row->bits < 112;
    case SuiteKind::Below128:
      return encrypts && row->bits < 128;
    case SuiteKind::RsaKeyExchange:
      return exchange == KeyExchange::Rsa || exchange == KeyExchange::RsaExport;
    case SuiteKind::StaticDh:
      return exchange == KeyExchange::Dh || exchange == KeyExchange::DhExport || exchange == KeyExchange::Ecdh;
    case SuiteKind::Dhe:
      return exchange == KeyExchange::Dhe || exchange == KeyExchange::DheExport;
    case SuiteKind::Anonymous:
      return row->authentication == Authentication::None;
    case SuiteKind::Cbc:
      return row->mode == CipherMode::Cbc;
  }
  return false;
}

}  // namespace tlsward::tls
