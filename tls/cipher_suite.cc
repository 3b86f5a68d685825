// Questions about cipher suites. All facts stand in the table (cipher_suite_table.cc); here they are found, by number
// through binary search and by name through an index that is built when the first name is looked up, and judged.
#include "tls/cipher_suite.h"

#include <algorithm>

#include "tls/spelling.h"

namespace tlsward::tls {
namespace {

struct NamedSuite {
  std::string key;  // folded
  CipherSuite suite;
};

// The registry spells 0xC0AA and 0xC0AB TLS_PSK_DHE_…, everything else TLS_DHE_PSK_…; people write the regular form.
// "SSL_" is how Java names the suites of SSL 3.0, "EDH" how OpenSSL named DHE before 1.1.0.
constexpr struct {
  std::string_view written;
  std::string_view usual;
} kOldSpellings[] = {
    {"ssl", "tls"},
    {"edh", "dhe"},
    {"expedh", "expdhe"},
    {"tlsdhepskwithaes128ccm8", "tlspskdhewithaes128ccm8"},
    {"tlsdhepskwithaes256ccm8", "tlspskdhewithaes256ccm8"},
};

void add_name(std::vector<NamedSuite>& index, std::string_view name, CipherSuite suite) {
  if (name.empty()) return;
  index.push_back({fold(name), suite});
  // Go up to 1.13, Tyk up to 5.7 and KrakenD leave out the hash, which says nothing: there is only one variant.
  constexpr std::string_view kHash = "sha256";
  const auto key = index.back().key;
  if (key.ends_with("chacha20poly1305sha256")) {
    index.push_back({key.substr(0, key.size() - kHash.size()), suite});
  } else if (key.ends_with("chacha20poly1305")) {
    index.push_back({key + std::string(kHash), suite});
  }
}

std::vector<NamedSuite> make_index() {
  std::vector<NamedSuite> index;
  index.reserve(cipher_suites().size() * 4);
  for (const auto& row : cipher_suites()) {
    add_name(index, row.name, row.suite);
    add_name(index, row.openssl, row.suite);
    add_name(index, row.go, row.suite);
    add_name(index, row.gnutls, row.suite);
  }
  std::sort(index.begin(), index.end(), [](const auto& left, const auto& right) { return left.key < right.key; });
  return index;
}

std::optional<CipherSuite> find_name(std::string_view key) {
  static const std::vector<NamedSuite> kIndex = make_index();
  const auto found = std::lower_bound(kIndex.begin(), kIndex.end(), key,
                                      [](const NamedSuite& left, std::string_view right) { return left.key < right; });
  if (found == kIndex.end() || found->key != key) return std::nullopt;
  return found->suite;
}

// "C02F" and "0035": four hex digits that are no decimal number.
std::optional<std::uint16_t> parse_bare_hex(std::string_view text) {
  text = trim(text);
  const bool decimal = text.find_first_not_of("0123456789") == std::string_view::npos && !text.starts_with('0');
  if (text.size() != 4 || decimal) return std::nullopt;
  return parse_hex(text);
}

// "0xC0,0x2F", with blanks and braces as in the RFCs: { 0xC0, 0x2F }.
std::optional<std::uint16_t> parse_byte_pair(std::string_view text) {
  text = trim(text);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  const auto comma = text.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  const auto byte = [](std::string_view part) -> std::optional<std::uint16_t> {
    part = trim(part);
    if (!part.starts_with("0x") && !part.starts_with("0X")) return std::nullopt;
    return part.size() <= 4 ? parse_hex(part.substr(2)) : std::nullopt;
  };
  const auto high = byte(text.substr(0, comma));
  const auto low = byte(text.substr(comma + 1));
  if (!high || !low) return std::nullopt;
  return static_cast<std::uint16_t>(*high << 8 | *low);
}

bool is_export(KeyExchange value) {
  return value == KeyExchange::RsaExport || value == KeyExchange::DheExport || value == KeyExchange::DhExport ||
         value == KeyExchange::DhAnonExport || value == KeyExchange::Krb5Export;
}

bool encrypts(CipherMode mode) {
  return mode != CipherMode::Null && mode != CipherMode::IntegrityOnly;
}

}  // namespace

const CipherSuiteFacts* facts(CipherSuite suite) {
  const auto rows = cipher_suites();
  const auto row = std::lower_bound(rows.begin(), rows.end(), suite,
                                    [](const CipherSuiteFacts& left, CipherSuite right) { return left.suite < right; });
  return row != rows.end() && row->suite == suite ? &*row : nullptr;
}

std::string name(CipherSuite suite) {
  const auto* row = facts(suite);
  return row ? std::string(row->name) : unknown_name(suite.code);
}

std::optional<CipherSuite> parse_cipher_suite(std::string_view text) {
  if (const auto code = parse_number(text)) return CipherSuite{*code};
  if (const auto code = parse_byte_pair(text)) return CipherSuite{*code};
  if (const auto code = parse_bare_hex(text)) return CipherSuite{*code};
  const auto key = fold(text);
  if (const auto suite = find_name(key)) return suite;
  for (const auto& old : kOldSpellings) {
    if (!key.starts_with(old.written)) continue;
    if (const auto suite = find_name(std::string(old.usual) + key.substr(old.written.size()))) return suite;
  }
  return std::nullopt;
}

bool usable(CipherSuite suite, Version version) {
  const auto* row = facts(suite);
  return row && !is_signalling(suite) && row->min_version <= version && version <= row->max_version;
}

bool is_signalling(CipherSuite suite) {
  return suite.code == 0x00FF || suite.code == 0x5600;
}

bool is_tls13(CipherSuite suite) {
  const auto* row = facts(suite);
  return row && row->min_version == kTls13;
}

bool is_aead(CipherSuite suite) {
  const auto* row = facts(suite);
  return row && row->mac == "AEAD";
}

bool uses_psk(CipherSuite suite) {
  const auto* row = facts(suite);
  if (!row) return false;
  const auto exchange = row->key_exchange;
  return exchange == KeyExchange::Psk || exchange == KeyExchange::DhePsk || exchange == KeyExchange::EcdhePsk ||
         exchange == KeyExchange::RsaPsk;
}

std::optional<std::string_view> broken_reason(CipherSuite suite) {
  const auto* row = facts(suite);
  if (!row || is_signalling(suite)) return std::nullopt;
  if (!encrypts(row->mode)) return "NULL";
  if (is_export(row->key_exchange)) return "EXPORT";
  if (row->authentication == Authentication::None) return "anonymous";
  for (const std::string_view cipher : {"RC4", "RC2", "DES", "3DES"}) {
    if (row->encryption.starts_with(cipher)) return cipher;
  }
  if (row->mac == "MD5") return "MD5";
  return std::nullopt;
}

std::vector<std::string_view> weak_reasons(CipherSuite suite) {
  const auto* row = facts(suite);
  if (!row || is_signalling(suite) || broken_reason(suite)) return {};
  std::vector<std::string_view> reasons;
  if (row->mode == CipherMode::Cbc) reasons.push_back("CBC");
  if (!row->forward_secrecy) reasons.push_back("no forward secrecy");
  return reasons;
}

std::string_view name(KeyExchange value) {
  switch (value) {
    case KeyExchange::Any:
      return "any";
    case KeyExchange::Null:
      return "NULL";
    case KeyExchange::Rsa:
      return "RSA";
    case KeyExchange::RsaExport:
      return "RSA_EXPORT";
    case KeyExchange::Dhe:
      return "DHE";
    case KeyExchange::DheExport:
      return "DHE_EXPORT";
    case KeyExchange::Dh:
      return "DH";
    case KeyExchange::DhExport:
      return "DH_EXPORT";
    case KeyExchange::DhAnon:
      return "DH_anon";
    case KeyExchange::DhAnonExport:
      return "DH_anon_EXPORT";
    case KeyExchange::Ecdhe:
      return "ECDHE";
    case KeyExchange::Ecdh:
      return "ECDH";
    case KeyExchange::EcdhAnon:
      return "ECDH_anon";
    case KeyExchange::Psk:
      return "PSK";
    case KeyExchange::DhePsk:
      return "DHE_PSK";
    case KeyExchange::EcdhePsk:
      return "ECDHE_PSK";
    case KeyExchange::RsaPsk:
      return "RSA_PSK";
    case KeyExchange::Krb5:
      return "KRB5";
    case KeyExchange::Krb5Export:
      return "KRB5_EXPORT";
    case KeyExchange::Srp:
      return "SRP";
    case KeyExchange::Gost:
      return "GOST";
    case KeyExchange::EccPwd:
      return "ECCPWD";
    case KeyExchange::Sm2:
      return "SM2";
  }
  return "unknown";
}

std::string_view name(Authentication value) {
  switch (value) {
    case Authentication::Any:
      return "any";
    case Authentication::None:
      return "none";
    case Authentication::Rsa:
      return "RSA";
    case Authentication::Dss:
      return "DSS";
    case Authentication::Ecdsa:
      return "ECDSA";
    case Authentication::Dh:
      return "DH";
    case Authentication::Ecdh:
      return "ECDH";
    case Authentication::Psk:
      return "PSK";
    case Authentication::Krb5:
      return "KRB5";
    case Authentication::SrpPassword:
      return "SRP";
    case Authentication::Gost:
      return "GOST";
    case Authentication::EccPwd:
      return "ECCPWD";
    case Authentication::Sm2:
      return "SM2";
  }
  return "unknown";
}

std::string_view name(CipherMode value) {
  switch (value) {
    case CipherMode::Null:
      return "NULL";
    case CipherMode::Stream:
      return "stream";
    case CipherMode::Cbc:
      return "CBC";
    case CipherMode::Gcm:
      return "GCM";
    case CipherMode::Ccm:
      return "CCM";
    case CipherMode::Ccm8:
      return "CCM_8";
    case CipherMode::Poly1305:
      return "Poly1305";
    case CipherMode::Mgm:
      return "MGM";
    case CipherMode::IntegrityOnly:
      return "integrity only";
    case CipherMode::Aegis:
      return "AEGIS";
    case CipherMode::Ascon:
      return "Ascon";
  }
  return "unknown";
}

}  // namespace tlsward::tls
