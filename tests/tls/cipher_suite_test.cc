#include "tls/cipher_suite.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "tests/catch.h"

namespace tls = tlsward::tls;
using tls::Authentication;
using tls::CipherMode;
using tls::CipherSuite;
using tls::KeyExchange;

namespace {

using Reasons = std::vector<std::string_view>;

const tls::CipherSuiteFacts& row(unsigned code) {
  const auto* facts = tls::facts(CipherSuite{static_cast<std::uint16_t>(code)});
  REQUIRE(facts != nullptr);
  return *facts;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return result;
}

std::string replaced(std::string_view text, char from, char to) {
  std::string result(text);
  std::replace(result.begin(), result.end(), from, to);
  return result;
}

// What RFC 9113 means by "an ephemeral key exchange": anonymous ones do not count.
bool ephemeral(KeyExchange value) {
  return value == KeyExchange::Dhe || value == KeyExchange::Ecdhe || value == KeyExchange::DhePsk ||
         value == KeyExchange::EcdhePsk;
}

// Appendix A was assembled in 2015 (RFC 7540). Registered later: 0x006E-0x0071 (Ascon), 0x00C6-0x00C7 (SM4), 0x13xx,
// 0xC0B0 and above, apart from 0xC0AC-0xC0AF, which are older.
bool registered_by_2015(CipherSuite suite) {
  const auto code = suite.code;
  const bool later =
      (code >= 0x006E && code <= 0x0071) || code == 0x00C6 || code == 0x00C7 || (code >> 8) == 0x13 || code >= 0xC0B0;
  return !later;
}

enum class Kind { Aead, Cbc, Cbc3Des, Null, Rc4 };

struct Documented {
  unsigned code;
  int decimal;
  std::string_view name;
  tls::Version first, last;
  std::string_view key_exchange, authentication;
  Kind kind;
  bool http2;
};

// The suites that the three gateways document, with what their pages say of them.
const Documented kDocumented[] = {
    {0x1301, 4865, "TLS_AES_128_GCM_SHA256", tls::kTls13, tls::kTls13, "any", "any", Kind::Aead, true},
    {0x1302, 4866, "TLS_AES_256_GCM_SHA384", tls::kTls13, tls::kTls13, "any", "any", Kind::Aead, true},
    {0x1303, 4867, "TLS_CHACHA20_POLY1305_SHA256", tls::kTls13, tls::kTls13, "any", "any", Kind::Aead, true},
    {0xc02b, 49195, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "ECDSA", Kind::Aead,
     true},
    {0xc02c, 49196, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", tls::kTls12, tls::kTls12, "ECDHE", "ECDSA", Kind::Aead,
     true},
    {0xcca9, 52393, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "ECDSA",
     Kind::Aead, true},
    {0xccac, 52396, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", tls::kTls12, tls::kTls12, "ECDHE_PSK", "PSK",
     Kind::Aead, true},
    {0xc02f, 49199, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "RSA", Kind::Aead,
     true},
    {0xc030, 49200, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", tls::kTls12, tls::kTls12, "ECDHE", "RSA", Kind::Aead,
     true},
    {0xcca8, 52392, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "RSA", Kind::Aead,
     true},
    {0x009c, 156, "TLS_RSA_WITH_AES_128_GCM_SHA256", tls::kTls12, tls::kTls12, "RSA", "RSA", Kind::Aead, false},
    {0x009d, 157, "TLS_RSA_WITH_AES_256_GCM_SHA384", tls::kTls12, tls::kTls12, "RSA", "RSA", Kind::Aead, false},
    {0x002f, 47, "TLS_RSA_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, "RSA", "RSA", Kind::Cbc, false},
    {0x0035, 53, "TLS_RSA_WITH_AES_256_CBC_SHA", tls::kTls10, tls::kTls12, "RSA", "RSA", Kind::Cbc, false},
    {0x008c, 140, "TLS_PSK_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, "PSK", "PSK", Kind::Cbc, false},
    {0x008d, 141, "TLS_PSK_WITH_AES_256_CBC_SHA", tls::kTls10, tls::kTls12, "PSK", "PSK", Kind::Cbc, false},
    {0xc009, 49161, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE", "ECDSA", Kind::Cbc,
     false},
    {0xc00a, 49162, "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE", "ECDSA", Kind::Cbc,
     false},
    {0xc013, 49171, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE", "RSA", Kind::Cbc, false},
    {0xc014, 49172, "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE", "RSA", Kind::Cbc, false},
    {0xc035, 49205, "TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE_PSK", "PSK", Kind::Cbc,
     false},
    {0xc036, 49206, "TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE_PSK", "PSK", Kind::Cbc,
     false},
    {0x000a, 10, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", tls::kTls10, tls::kTls12, "RSA", "RSA", Kind::Cbc3Des, false},
    {0x0002, 2, "TLS_RSA_WITH_NULL_SHA", tls::kTls10, tls::kTls12, "RSA", "RSA", Kind::Null, false},
    {0x0005, 5, "TLS_RSA_WITH_RC4_128_SHA", tls::kTls10, tls::kTls12, "RSA", "RSA", Kind::Rc4, false},
    {0xc007, 49159, "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA", tls::kTls10, tls::kTls12, "ECDHE", "ECDSA", Kind::Rc4, false},
    {0xc011, 49169, "TLS_ECDHE_RSA_WITH_RC4_128_SHA", tls::kTls10, tls::kTls12, "ECDHE", "RSA", Kind::Rc4, false},
    {0xc012, 49170, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", tls::kTls10, tls::kTls12, "ECDHE", "RSA", Kind::Cbc3Des,
     false},
    {0x003c, 60, "TLS_RSA_WITH_AES_128_CBC_SHA256", tls::kTls12, tls::kTls12, "RSA", "RSA", Kind::Cbc, false},
    {0xc023, 49187, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "ECDSA", Kind::Cbc,
     false},
    {0xc027, 49191, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", tls::kTls12, tls::kTls12, "ECDHE", "RSA", Kind::Cbc,
     false},
};

}  // namespace

TEST_CASE("cipher suites: the table has the 356 entries of the registry, ascending") {
  const auto rows = tls::cipher_suites();
  CHECK(rows.size() == 356);
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.suite <= b.suite; }));
  for (const auto& each : rows) CHECK(tls::facts(each.suite) == &each);
}

TEST_CASE("cipher suites: every row is consistent in itself") {
  for (const auto& each : tls::cipher_suites()) {
    INFO(each.name);
    CHECK(each.name.starts_with("TLS_"));
    if (tls::is_signalling(each.suite)) continue;
    CHECK(each.min_version <= each.max_version);
    CHECK(tls::is_known(each.min_version));
    CHECK(tls::is_known(each.max_version));
    CHECK((each.bits == 0) == (each.mode == CipherMode::Null || each.mode == CipherMode::IntegrityOnly));
    CHECK((each.bits == 0) == (each.encryption == "NULL"));
    CHECK_FALSE(each.mac.empty());
    const bool aead = each.mode != CipherMode::Null && each.mode != CipherMode::Stream &&
                      each.mode != CipherMode::Cbc && each.mode != CipherMode::IntegrityOnly;
    CHECK(tls::is_aead(each.suite) == aead);
    if (aead) CHECK(each.min_version >= tls::kTls12);
    CHECK((each.min_version == tls::kTls13) == (each.max_version == tls::kTls13));
    CHECK((each.min_version == tls::kTls13) == (each.key_exchange == KeyExchange::Any));
    CHECK((each.key_exchange == KeyExchange::Any) == (each.authentication == Authentication::Any));
    CHECK((each.name.find("_anon_") != std::string_view::npos || each.suite.code == 0) ==
          (each.authentication == Authentication::None));
    CHECK((each.name.find("PSK") != std::string_view::npos) == tls::uses_psk(each.suite));
    CHECK((each.name.find("_CBC") != std::string_view::npos) == (each.mode == CipherMode::Cbc));
    if (each.recommended) {
      CHECK(tls::is_aead(each.suite));
      CHECK(each.forward_secrecy);
      CHECK_FALSE(tls::broken_reason(each.suite));
    }
  }
}

TEST_CASE("cipher suites: every name of every program is read back, in any case and with any separator") {
  for (const auto& each : tls::cipher_suites()) {
    for (const auto name : {each.name, each.openssl, each.go, each.gnutls}) {
      if (name.empty()) continue;
      INFO(name);
      CHECK(tls::parse_cipher_suite(name) == each.suite);
      CHECK(tls::parse_cipher_suite(lower(name)) == each.suite);
      CHECK(tls::parse_cipher_suite(replaced(name, '_', ' ')) == each.suite);
      CHECK(tls::parse_cipher_suite(replaced(name, '_', '-')) == each.suite);
      CHECK(tls::parse_cipher_suite(replaced(name, '-', '_')) == each.suite);
    }
    CHECK(tls::parse_cipher_suite(std::to_string(each.suite.code)) == each.suite);
  }
}

TEST_CASE("cipher suites: no two rows share a name of one program") {
  std::set<std::string_view> names, openssl, gnutls;
  for (const auto& each : tls::cipher_suites()) {
    INFO(each.name);
    CHECK(names.insert(each.name).second);
    if (!each.openssl.empty()) CHECK(openssl.insert(each.openssl).second);
    if (!each.gnutls.empty()) CHECK(gnutls.insert(each.gnutls).second);
  }
  CHECK(openssl.size() == 281);
  CHECK(gnutls.size() == 187);
}

TEST_CASE("cipher suites: the documented suites of the three gateways have the documented properties") {
  CHECK(std::size(kDocumented) == 31);
  for (const auto& each : kDocumented) {
    INFO(each.name);
    const auto& facts = row(each.code);
    CHECK(facts.suite.code == each.decimal);
    CHECK(facts.name == each.name);
    CHECK(tls::name(facts.key_exchange) == each.key_exchange);
    CHECK(tls::name(facts.authentication) == each.authentication);
    CHECK(facts.http2_prohibited == !each.http2);
    for (const auto version : {tls::kTls10, tls::kTls11, tls::kTls12, tls::kTls13}) {
      CHECK(tls::usable(facts.suite, version) == (each.first <= version && version <= each.last));
    }
    CHECK(tls::is_aead(facts.suite) == (each.kind == Kind::Aead));
    CHECK((facts.mode == CipherMode::Cbc) == (each.kind == Kind::Cbc || each.kind == Kind::Cbc3Des));
    CHECK((facts.encryption == "3DES_EDE_CBC") == (each.kind == Kind::Cbc3Des));
    CHECK((facts.encryption == "NULL") == (each.kind == Kind::Null));
    CHECK((facts.encryption == "RC4_128") == (each.kind == Kind::Rc4));
  }
}

TEST_CASE("cipher suites: HTTP/2 prohibits exactly 276, as its rule says for the suites of 2015") {
  int prohibited = 0;
  for (const auto& each : tls::cipher_suites()) {
    INFO(each.name);
    prohibited += each.http2_prohibited ? 1 : 0;
    if (!registered_by_2015(each.suite)) {
      CHECK_FALSE(each.http2_prohibited);
    } else if (!tls::is_signalling(each.suite)) {
      CHECK(each.http2_prohibited == !(ephemeral(each.key_exchange) && tls::is_aead(each.suite)));
    }
  }
  CHECK(prohibited == 276);
  CHECK(row(0x00FF).http2_prohibited);
  CHECK_FALSE(row(0x5600).http2_prohibited);
  CHECK_FALSE(row(0xCCAB).http2_prohibited);  // plain PSK, but registered in 2016
}

TEST_CASE("cipher suites: IANA recommends these fourteen") {
  std::vector<unsigned> recommended;
  for (const auto& each : tls::cipher_suites()) {
    if (each.recommended) recommended.push_back(each.suite.code);
  }
  CHECK(recommended == std::vector<unsigned>{0x1301, 0x1302, 0x1303, 0x1304, 0xC02B, 0xC02C, 0xC02F, 0xC030, 0xCCA8,
                                             0xCCA9, 0xCCAC, 0xD001, 0xD002, 0xD005});
}

TEST_CASE("cipher suites: Go has constants for 25 suites and the fallback signal") {
  int count = 0;
  for (const auto& each : tls::cipher_suites()) {
    if (each.go.empty()) continue;
    ++count;
    CHECK(each.go == each.name);
  }
  CHECK(count == 26);
  CHECK(row(0x5600).go == "TLS_FALLBACK_SCSV");
}

TEST_CASE("cipher suites: OpenSSL's and GnuTLS's names stand beside IANA's") {
  CHECK(row(0xC02F).openssl == "ECDHE-RSA-AES128-GCM-SHA256");
  CHECK(row(0xC02F).gnutls == "TLS_ECDHE_RSA_AES_128_GCM_SHA256");
  CHECK(row(0x000A).openssl == "DES-CBC3-SHA");
  CHECK(row(0x000A).gnutls == "TLS_RSA_3DES_EDE_CBC_SHA1");
  CHECK(row(0x0005).openssl == "RC4-SHA");
  CHECK(row(0x0005).gnutls == "TLS_RSA_ARCFOUR_128_SHA1");
  CHECK(row(0x0003).openssl == "EXP-RC4-MD5");
  CHECK(row(0x0016).openssl == "DHE-RSA-DES-CBC3-SHA");
  CHECK(row(0xCCA8).openssl == "ECDHE-RSA-CHACHA20-POLY1305");
  CHECK(row(0xCCA8).gnutls == "TLS_ECDHE_RSA_CHACHA20_POLY1305");
  CHECK(row(0x1301).openssl == "TLS_AES_128_GCM_SHA256");
  CHECK(row(0xC060).openssl == "ECDHE-ARIA128-GCM-SHA256");
  CHECK(row(0xC0AA).openssl == "DHE-PSK-AES128-CCM8");
  CHECK(row(0xC102).openssl == "IANA-GOST2012-GOST8912-GOST8912");
  CHECK(row(0xC102).gnutls == "TLS_GOSTR341112_256_28147_CNT_IMIT");
  CHECK(row(0x1306).openssl.empty());
  CHECK(row(0x0000).gnutls.empty());
}

TEST_CASE("cipher suites: facts of one suite of each family") {
  struct Expected {
    unsigned code;
    std::string_view name;
    tls::Version first, last;
    KeyExchange key_exchange;
    Authentication authentication;
    std::string_view encryption;
    CipherMode mode;
    std::string_view mac;
    int bits;
    bool forward_secrecy;
  };
  using K = KeyExchange;
  using A = Authentication;
  using M = CipherMode;
  const Expected expected[] = {
      {0x0001, "TLS_RSA_WITH_NULL_MD5", tls::kSsl3, tls::kTls12, K::Rsa, A::Rsa, "NULL", M::Null, "MD5", 0, false},
      {0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5", tls::kSsl3, tls::kTls10, K::RsaExport, A::Rsa, "RC4_40", M::Stream,
       "MD5", 40, false},
      {0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA", tls::kSsl3, tls::kTls11, K::Rsa, A::Rsa, "IDEA_CBC", M::Cbc, "SHA", 128,
       false},
      {0x0009, "TLS_RSA_WITH_DES_CBC_SHA", tls::kSsl3, tls::kTls11, K::Rsa, A::Rsa, "DES_CBC", M::Cbc, "SHA", 56,
       false},
      {0x0010, "TLS_DH_RSA_WITH_3DES_EDE_CBC_SHA", tls::kSsl3, tls::kTls12, K::Dh, A::Dh, "3DES_EDE_CBC", M::Cbc, "SHA",
       112, false},
      {0x0014, "TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA", tls::kSsl3, tls::kTls10, K::DheExport, A::Rsa, "DES40_CBC",
       M::Cbc, "SHA", 40, true},
      {0x0018, "TLS_DH_anon_WITH_RC4_128_MD5", tls::kSsl3, tls::kTls12, K::DhAnon, A::None, "RC4_128", M::Stream, "MD5",
       128, true},
      {0x0025, "TLS_KRB5_WITH_IDEA_CBC_MD5", tls::kSsl3, tls::kTls11, K::Krb5, A::Krb5, "IDEA_CBC", M::Cbc, "MD5", 128,
       false},
      {0x0032, "TLS_DHE_DSS_WITH_AES_128_CBC_SHA", tls::kSsl3, tls::kTls12, K::Dhe, A::Dss, "AES_128_CBC", M::Cbc,
       "SHA", 128, true},
      {0x003C, "TLS_RSA_WITH_AES_128_CBC_SHA256", tls::kTls12, tls::kTls12, K::Rsa, A::Rsa, "AES_128_CBC", M::Cbc,
       "SHA256", 128, false},
      {0x006E, "TLS_ASCONAEAD128_ASCONHASH256", tls::kTls13, tls::kTls13, K::Any, A::Any, "ASCONAEAD128", M::Ascon,
       "AEAD", 128, true},
      {0x0070, "TLS_AES_128_GCM_ASCONHASH256", tls::kTls13, tls::kTls13, K::Any, A::Any, "AES_128_GCM", M::Gcm, "AEAD",
       128, true},
      {0x009A, "TLS_DHE_RSA_WITH_SEED_CBC_SHA", tls::kSsl3, tls::kTls12, K::Dhe, A::Rsa, "SEED_CBC", M::Cbc, "SHA", 128,
       true},
      {0x00AE, "TLS_PSK_WITH_AES_128_CBC_SHA256", tls::kTls10, tls::kTls12, K::Psk, A::Psk, "AES_128_CBC", M::Cbc,
       "SHA256", 128, false},
      {0x00B6, "TLS_RSA_PSK_WITH_AES_128_CBC_SHA256", tls::kTls10, tls::kTls12, K::RsaPsk, A::Rsa, "AES_128_CBC",
       M::Cbc, "SHA256", 128, false},
      {0x00C6, "TLS_SM4_GCM_SM3", tls::kTls13, tls::kTls13, K::Any, A::Any, "SM4_GCM", M::Gcm, "AEAD", 128, true},
      {0x1302, "TLS_AES_256_GCM_SHA384", tls::kTls13, tls::kTls13, K::Any, A::Any, "AES_256_GCM", M::Gcm, "AEAD", 256,
       true},
      {0x1305, "TLS_AES_128_CCM_8_SHA256", tls::kTls13, tls::kTls13, K::Any, A::Any, "AES_128_CCM_8", M::Ccm8, "AEAD",
       128, true},
      {0x1306, "TLS_AEGIS_256_SHA512", tls::kTls13, tls::kTls13, K::Any, A::Any, "AEGIS_256", M::Aegis, "AEAD", 256,
       true},
      {0xC004, "TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, K::Ecdh, A::Ecdh, "AES_128_CBC", M::Cbc,
       "SHA", 128, false},
      {0xC009, "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", tls::kTls10, tls::kTls12, K::Ecdhe, A::Ecdsa, "AES_128_CBC",
       M::Cbc, "SHA", 128, true},
      {0xC015, "TLS_ECDH_anon_WITH_NULL_SHA", tls::kTls10, tls::kTls12, K::EcdhAnon, A::None, "NULL", M::Null, "SHA", 0,
       true},
      {0xC01E, "TLS_SRP_SHA_RSA_WITH_AES_128_CBC_SHA", tls::kSsl3, tls::kTls12, K::Srp, A::Rsa, "AES_128_CBC", M::Cbc,
       "SHA", 128, true},
      {0xC051, "TLS_RSA_WITH_ARIA_256_GCM_SHA384", tls::kTls12, tls::kTls12, K::Rsa, A::Rsa, "ARIA_256_GCM", M::Gcm,
       "AEAD", 256, false},
      {0xC087, "TLS_ECDHE_ECDSA_WITH_CAMELLIA_256_GCM_SHA384", tls::kTls12, tls::kTls12, K::Ecdhe, A::Ecdsa,
       "CAMELLIA_256_GCM", M::Gcm, "AEAD", 256, true},
      {0xC0AA, "TLS_PSK_DHE_WITH_AES_128_CCM_8", tls::kTls12, tls::kTls12, K::DhePsk, A::Psk, "AES_128_CCM_8", M::Ccm8,
       "AEAD", 128, true},
      {0xC0B0, "TLS_ECCPWD_WITH_AES_128_GCM_SHA256", tls::kTls12, tls::kTls12, K::EccPwd, A::EccPwd, "AES_128_GCM",
       M::Gcm, "AEAD", 128, true},
      {0xC0B4, "TLS_SHA256_SHA256", tls::kTls13, tls::kTls13, K::Any, A::Any, "NULL", M::IntegrityOnly, "SHA256", 0,
       true},
      {0xC100, "TLS_GOSTR341112_256_WITH_KUZNYECHIK_CTR_OMAC", tls::kTls12, tls::kTls12, K::Gost, A::Gost,
       "KUZNYECHIK_CTR", M::Stream, "OMAC", 256, false},
      {0xC103, "TLS_GOSTR341112_256_WITH_KUZNYECHIK_MGM_L", tls::kTls13, tls::kTls13, K::Any, A::Any,
       "KUZNYECHIK_MGM_L", M::Mgm, "AEAD", 256, true},
      {0xCCAC, "TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", tls::kTls12, tls::kTls12, K::EcdhePsk, A::Psk,
       "CHACHA20_POLY1305", M::Poly1305, "AEAD", 256, true},
  };
  for (const auto& each : expected) {
    INFO(each.name);
    const auto& facts = row(each.code);
    CHECK(facts.name == each.name);
    CHECK(facts.min_version == each.first);
    CHECK(facts.max_version == each.last);
    CHECK(facts.key_exchange == each.key_exchange);
    CHECK(facts.authentication == each.authentication);
    CHECK(facts.encryption == each.encryption);
    CHECK(facts.mode == each.mode);
    CHECK(facts.mac == each.mac);
    CHECK(facts.bits == each.bits);
    CHECK(facts.forward_secrecy == each.forward_secrecy);
  }
}

TEST_CASE("cipher suites: one suite is found under all its spellings") {
  for (const auto* text : {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "tls_ecdhe_rsa_with_aes_128_gcm_sha256",
                           "ECDHE-RSA-AES128-GCM-SHA256", "TLS ECDHE RSA WITH AES 128 GCM SHA256",
                           "TLS-ECDHE-RSA-WITH-AES-128-GCM-SHA256", "TLS_ECDHE_RSA_AES_128_GCM_SHA256", "0xC02F",
                           "0xc02f", "0xC0,0x2F", "0xC0, 0x2F", "{ 0xC0, 0x2F }", "C02F", "c02f", "49199", " 49199 "}) {
    INFO(text);
    CHECK(tls::parse_cipher_suite(text) == CipherSuite{0xC02F});
  }
}

TEST_CASE("cipher suites: CHACHA20_POLY1305 is found with and without its hash") {
  CHECK(tls::parse_cipher_suite("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305") == CipherSuite{0xCCA8});
  CHECK(tls::parse_cipher_suite("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256") == CipherSuite{0xCCA9});
  CHECK(tls::parse_cipher_suite("ECDHE-RSA-CHACHA20-POLY1305-SHA256") == CipherSuite{0xCCA8});
  CHECK(tls::parse_cipher_suite("TLS_CHACHA20_POLY1305") == CipherSuite{0x1303});
}

TEST_CASE("cipher suites: Java's, OpenSSL's older and the regular spelling of odd names are found") {
  CHECK(tls::parse_cipher_suite("SSL_RSA_WITH_3DES_EDE_CBC_SHA") == CipherSuite{0x000A});
  CHECK(tls::parse_cipher_suite("EDH-RSA-DES-CBC3-SHA") == CipherSuite{0x0016});
  CHECK(tls::parse_cipher_suite("EXP-EDH-RSA-DES-CBC-SHA") == CipherSuite{0x0014});
  CHECK(tls::parse_cipher_suite("TLS_DHE_PSK_WITH_AES_128_CCM_8") == CipherSuite{0xC0AA});
  CHECK(tls::parse_cipher_suite("TLS_FALLBACK_SCSV") == CipherSuite{0x5600});
}

TEST_CASE("cipher suites: digits are decimal unless they can only be hex") {
  CHECK(tls::parse_cipher_suite("47") == CipherSuite{0x002F});
  CHECK(tls::parse_cipher_suite("4865") == CipherSuite{0x1301});
  CHECK(tls::parse_cipher_suite("1301") == CipherSuite{1301});
  CHECK(tls::parse_cipher_suite("002F") == CipherSuite{0x002F});
  CHECK(tls::parse_cipher_suite("0035") == CipherSuite{0x0035});
}

TEST_CASE("cipher suites: unknown numbers are values, everything else is refused") {
  CHECK(tls::parse_cipher_suite("0x13FF") == CipherSuite{0x13FF});
  CHECK(tls::name(CipherSuite{0x13FF}) == "0x13ff");
  CHECK(tls::name(CipherSuite{0xFAFA}) == "GREASE (0xfafa)");
  CHECK(tls::facts(CipherSuite{0x13FF}) == nullptr);
  CHECK_FALSE(tls::usable(CipherSuite{0x13FF}, tls::kTls13));
  CHECK_FALSE(tls::is_tls13(CipherSuite{0x13FF}));
  CHECK_FALSE(tls::is_aead(CipherSuite{0x13FF}));
  CHECK_FALSE(tls::uses_psk(CipherSuite{0x13FF}));
  CHECK_FALSE(tls::broken_reason(CipherSuite{0x13FF}));
  CHECK(tls::weak_reasons(CipherSuite{0x13FF}).empty());
  for (const auto* text : {"", " ", "TLS_ECDHE_RSA", "AES128", "65536", "0xC02F1", "0xC0,0x2F,0x00", "0xC0,", "C0,2F",
                           "0x1C0,0x2F", "HIGH", "-1", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA2566"}) {
    INFO(text);
    CHECK_FALSE(tls::parse_cipher_suite(text));
  }
}

TEST_CASE("cipher suites: names are IANA's") {
  CHECK(tls::name(CipherSuite{0xC02F}) == "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
  CHECK(tls::name(CipherSuite{0}) == "TLS_NULL_WITH_NULL_NULL");
}

TEST_CASE("cipher suites: signals print their name and are no suites") {
  for (const unsigned code : {0x00FFU, 0x5600U}) {
    const auto& facts = row(code);
    INFO(facts.name);
    CHECK(tls::is_signalling(facts.suite));
    CHECK(tls::name(facts.suite) == facts.name);
    for (const auto version : tls::known_versions()) CHECK_FALSE(tls::usable(facts.suite, version));
    CHECK_FALSE(tls::usable(facts.suite, tls::Version{0}));
    CHECK_FALSE(tls::is_aead(facts.suite));
    CHECK_FALSE(tls::is_tls13(facts.suite));
    CHECK_FALSE(tls::broken_reason(facts.suite));
    CHECK(tls::weak_reasons(facts.suite).empty());
    CHECK(facts.encryption.empty());
  }
  int signals = 0;
  for (const auto& each : tls::cipher_suites()) signals += tls::is_signalling(each.suite) ? 1 : 0;
  CHECK(signals == 2);
}

TEST_CASE("cipher suites: a version can use the suites of its range") {
  CHECK(tls::usable(CipherSuite{0x1301}, tls::kTls13));
  CHECK_FALSE(tls::usable(CipherSuite{0x1301}, tls::kTls12));
  CHECK_FALSE(tls::usable(CipherSuite{0xC02F}, tls::kTls11));
  CHECK(tls::usable(CipherSuite{0xC013}, tls::kTls10));
  CHECK_FALSE(tls::usable(CipherSuite{0xC013}, tls::kSsl3));
  CHECK(tls::usable(CipherSuite{0x000A}, tls::kSsl3));
  CHECK_FALSE(tls::usable(CipherSuite{0x0009}, tls::kTls12));
  CHECK_FALSE(tls::usable(CipherSuite{0x0003}, tls::kTls11));
  CHECK_FALSE(tls::usable(CipherSuite{0x0004}, tls::kSsl2));
  CHECK_FALSE(tls::usable(CipherSuite{0x1301}, tls::Version{0x0305}));
}

TEST_CASE("cipher suites: broken ones have the first reason that applies") {
  CHECK(tls::broken_reason(CipherSuite{0x0000}) == "NULL");
  CHECK(tls::broken_reason(CipherSuite{0x0002}) == "NULL");
  CHECK(tls::broken_reason(CipherSuite{0xC0B4}) == "NULL");
  CHECK(tls::broken_reason(CipherSuite{0x0003}) == "EXPORT");
  CHECK(tls::broken_reason(CipherSuite{0x0019}) == "EXPORT");
  CHECK(tls::broken_reason(CipherSuite{0x0034}) == "anonymous");
  CHECK(tls::broken_reason(CipherSuite{0x00A6}) == "anonymous");
  CHECK(tls::broken_reason(CipherSuite{0x0005}) == "RC4");
  CHECK(tls::broken_reason(CipherSuite{0xC011}) == "RC4");
  CHECK(tls::broken_reason(CipherSuite{0x0009}) == "DES");
  CHECK(tls::broken_reason(CipherSuite{0x000A}) == "3DES");
  CHECK(tls::broken_reason(CipherSuite{0xC012}) == "3DES");
  CHECK(tls::broken_reason(CipherSuite{0x0025}) == "MD5");
  CHECK_FALSE(tls::broken_reason(CipherSuite{0x002F}));
  CHECK_FALSE(tls::broken_reason(CipherSuite{0x0007}));
  CHECK_FALSE(tls::broken_reason(CipherSuite{0xC02F}));
  CHECK_FALSE(tls::broken_reason(CipherSuite{0x1301}));
}

TEST_CASE("cipher suites: weak ones have all their reasons, broken ones none") {
  CHECK(tls::weak_reasons(CipherSuite{0x002F}) == Reasons{"CBC", "no forward secrecy"});
  CHECK(tls::weak_reasons(CipherSuite{0x009C}) == Reasons{"no forward secrecy"});
  CHECK(tls::weak_reasons(CipherSuite{0xC013}) == Reasons{"CBC"});
  CHECK(tls::weak_reasons(CipherSuite{0x008C}) == Reasons{"CBC", "no forward secrecy"});
  CHECK(tls::weak_reasons(CipherSuite{0xC02F}).empty());
  CHECK(tls::weak_reasons(CipherSuite{0x1303}).empty());
  CHECK(tls::weak_reasons(CipherSuite{0x000A}).empty());
}

TEST_CASE("cipher suites: pre-shared keys and TLS 1.3 are told apart") {
  CHECK(tls::uses_psk(CipherSuite{0x008C}));
  CHECK(tls::uses_psk(CipherSuite{0x00B6}));
  CHECK(tls::uses_psk(CipherSuite{0xCCAC}));
  CHECK_FALSE(tls::uses_psk(CipherSuite{0xC02F}));
  CHECK_FALSE(tls::uses_psk(CipherSuite{0x1301}));
  CHECK(tls::is_tls13(CipherSuite{0x1301}));
  CHECK(tls::is_tls13(CipherSuite{0x00C6}));
  CHECK(tls::is_tls13(CipherSuite{0xC106}));
  CHECK_FALSE(tls::is_tls13(CipherSuite{0xC102}));
}

TEST_CASE("cipher suites: properties have names") {
  CHECK(tls::name(KeyExchange::Ecdhe) == "ECDHE");
  CHECK(tls::name(KeyExchange::Any) == "any");
  CHECK(tls::name(KeyExchange::DhAnonExport) == "DH_anon_EXPORT");
  CHECK(tls::name(Authentication::Ecdsa) == "ECDSA");
  CHECK(tls::name(Authentication::None) == "none");
  CHECK(tls::name(CipherMode::Gcm) == "GCM");
  CHECK(tls::name(CipherMode::IntegrityOnly) == "integrity only");
}
