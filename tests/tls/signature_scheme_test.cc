#include "tls/signature_scheme.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/catch.h"

namespace tls = tlsward::tls;
using tls::SignatureScheme;

TEST_CASE("signature schemes: the table is ascending and every name is read back") {
  const auto rows = tls::signature_schemes();
  CHECK(rows.size() == 61);
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.scheme <= b.scheme; }));
  for (const auto& row : rows) {
    INFO(row.name);
    CHECK(tls::facts(row.scheme) == &row);
    CHECK(tls::parse_signature_scheme(row.name) == row.scheme);
    CHECK(tls::name(row.scheme) == row.name);
  }
}

TEST_CASE("signature schemes: facts are those of the registry") {
  struct Expected {
    unsigned code;
    std::string_view name, key, hash;
    bool tls13, recommended;
  };
  const Expected expected[] = {
      {0x0101, "rsa_pkcs1_md5", "RSA", "MD5", false, false},
      {0x0201, "rsa_pkcs1_sha1", "RSA", "SHA1", false, false},
      {0x0202, "dsa_sha1", "DSA", "SHA1", false, false},
      {0x0203, "ecdsa_sha1", "ECDSA", "SHA1", false, false},
      {0x0301, "rsa_pkcs1_sha224", "RSA", "SHA224", false, false},
      {0x0302, "dsa_sha224", "DSA", "SHA224", false, false},
      {0x0303, "ecdsa_sha224", "ECDSA", "SHA224", false, false},
      {0x0401, "rsa_pkcs1_sha256", "RSA", "SHA256", false, true},
      {0x0402, "dsa_sha256", "DSA", "SHA256", false, false},
      {0x0403, "ecdsa_secp256r1_sha256", "ECDSA", "SHA256", true, true},
      {0x0420, "rsa_pkcs1_sha256_legacy", "RSA", "SHA256", true, false},
      {0x0520, "rsa_pkcs1_sha384_legacy", "RSA", "SHA384", true, false},
      {0x0603, "ecdsa_secp521r1_sha512", "ECDSA", "SHA512", true, true},
      {0x0620, "rsa_pkcs1_sha512_legacy", "RSA", "SHA512", true, false},
      {0x0708, "sm2sig_sm3", "SM2", "SM3", true, false},
      {0x0709, "gostr34102012_256a", "GOST", "", true, false},
      {0x0804, "rsa_pss_rsae_sha256", "RSA", "SHA256", true, true},
      {0x0807, "ed25519", "Ed25519", "", true, true},
      {0x0808, "ed448", "Ed448", "", true, true},
      {0x080B, "rsa_pss_pss_sha512", "RSA-PSS", "SHA512", true, true},
      {0x081A, "ecdsa_brainpoolP256r1tls13_sha256", "ECDSA", "SHA256", true, false},
      {0x081C, "ecdsa_brainpoolP512r1tls13_sha512", "ECDSA", "SHA512", true, false},
      {0x0904, "mldsa44", "ML-DSA", "", true, false},
      {0x0905, "mldsa65", "ML-DSA", "", true, false},
      {0x0906, "mldsa87", "ML-DSA", "", true, false},
      {0x091C, "slhdsa_shake_256f", "SLH-DSA", "", true, false},
  };
  for (const auto& row : expected) {
    INFO(row.name);
    const auto* facts = tls::facts(SignatureScheme{static_cast<std::uint16_t>(row.code)});
    REQUIRE(facts != nullptr);
    CHECK(facts->name == row.name);
    CHECK(facts->key == row.key);
    CHECK(facts->hash == row.hash);
    CHECK(facts->tls13 == row.tls13);
    CHECK(facts->recommended == row.recommended);
  }
}

TEST_CASE("signature schemes: OpenSSL's, Go's and numeric spellings are understood") {
  CHECK(tls::parse_signature_scheme("RSA+SHA256") == SignatureScheme{0x0401});
  CHECK(tls::parse_signature_scheme("RSA-PSS+SHA384") == SignatureScheme{0x0805});
  CHECK(tls::parse_signature_scheme("ECDSA+SHA512") == SignatureScheme{0x0603});
  CHECK(tls::parse_signature_scheme("DSA+SHA1") == SignatureScheme{0x0202});
  CHECK(tls::parse_signature_scheme("PSSWithSHA256") == SignatureScheme{0x0804});
  CHECK(tls::parse_signature_scheme("ECDSAWithP256AndSHA256") == SignatureScheme{0x0403});
  CHECK(tls::parse_signature_scheme("PKCS1WithSHA1") == SignatureScheme{0x0201});
  CHECK(tls::parse_signature_scheme("Ed25519") == SignatureScheme{0x0807});
  CHECK(tls::parse_signature_scheme("ML-DSA-65") == SignatureScheme{0x0905});
  CHECK(tls::parse_signature_scheme("RSA_PSS_RSAE_SHA256") == SignatureScheme{0x0804});
  CHECK(tls::parse_signature_scheme("0x0804") == SignatureScheme{0x0804});
  CHECK(tls::parse_signature_scheme("2052") == SignatureScheme{0x0804});
}

TEST_CASE("signature schemes: unknown numbers are values, unknown names are not") {
  CHECK(tls::name(SignatureScheme{0x08FF}) == "0x08ff");
  CHECK(tls::name(SignatureScheme{0x3A3A}) == "GREASE (0x3a3a)");
  CHECK(tls::facts(SignatureScheme{0x08FF}) == nullptr);
  CHECK(tls::parse_signature_scheme("0x08ff") == SignatureScheme{0x08FF});
  CHECK_FALSE(tls::parse_signature_scheme("rsa"));
  CHECK_FALSE(tls::parse_signature_scheme(""));
}
