#include "pki/key.h"

#include <openssl/core_names.h>
#include <openssl/dsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <string>
#include <vector>

#include "pki/openssl_ptr.h"
#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

using tests::Files;
using tls::KeyFacts;
using tls::KeyType;
using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;

KeyFacts private_key(const std::string& text) {
  const auto bundle = pki::read_bundle(text);
  CHECK(bundle.problems.empty());
  REQUIRE(bundle.private_keys.size() == 1);
  return bundle.private_keys.front();
}

std::string pkcs8(EVP_PKEY* key) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  REQUIRE(PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

TEST_CASE("keys: kinds of private keys have their type, size and curve") {
  struct Row {
    const char* spec;
    KeyType type;
    int bits;
    const char* curve;
  };
  for (const Row& row : {Row{"rsa:2048", KeyType::Rsa, 2048, ""}, Row{"rsa:1024", KeyType::Rsa, 1024, ""},
                         Row{"ec:p224", KeyType::Ec, 224, "P-224"}, Row{"ec:p256", KeyType::Ec, 256, "P-256"},
                         Row{"ec:p384", KeyType::Ec, 384, "P-384"}, Row{"ec:p521", KeyType::Ec, 521, "P-521"},
                         Row{"ed25519", KeyType::Ed25519, 256, ""}, Row{"ed448", KeyType::Ed448, 456, ""}}) {
    INFO(row.spec);
    const KeyFacts key = private_key(Files()(std::string(row.spec) + " key-only"));
    CHECK(key.type == row.type);
    CHECK(key.bits == row.bits);
    CHECK(key.curve == row.curve);
    CHECK(key.spki_sha256.size() == 64);
    CHECK_FALSE(key.encrypted);
  }
}

TEST_CASE("keys: PKCS#1 and SEC 1 give the same facts as PKCS#8, and as the certificate") {
  for (const std::string kind : {"rsa:2048", "ec:p384"}) {
    Files file;
    const auto bundle = pki::read_bundle(file("crt", kind));
    const KeyFacts plain = private_key(file("a", "key-of=crt key-only"));
    const KeyFacts traditional = private_key(file("b", "key-of=crt key-only traditional"));
    CHECK(plain == traditional);
    CHECK(bundle.certificates.at(0).key == plain);
  }
}

TEST_CASE("keys: keys of different recipes differ") {
  Files file;
  CHECK(private_key(file("a", "key-only")).spki_sha256 != private_key(file("b", "key-only")).spki_sha256);
}

TEST_CASE("keys: keys under a passphrase are recognised and not opened") {
  for (const char* spec : {"rsa:2048 key-only encrypted", "key-only encrypted", "ed25519 key-only encrypted",
                           "rsa:2048 key-only encrypted-legacy", "key-only encrypted-legacy"}) {
    INFO(spec);
    const KeyFacts key = private_key(Files()(spec));
    CHECK(key.encrypted);
    CHECK(key.type == KeyType::Unknown);
    CHECK(key.spki_sha256.empty());
  }
}

TEST_CASE("keys: public keys have the fingerprint of their private key") {
  for (const std::string kind : {"rsa:2048", "ec:p256", "ed25519"}) {
    Files file;
    const KeyFacts key = private_key(file("key", kind + " key-only"));
    const auto bundle = pki::read_bundle(file("pub", "key-of=key public-key"));
    REQUIRE(bundle.public_keys.size() == 1);
    CHECK(bundle.public_keys[0] == key);
    CHECK(bundle.blocks[0].kind == tls::PemKind::PublicKey);
    CHECK(bundle.problems.empty());
  }
}

TEST_CASE("keys: a public RSA key in PKCS#1 has the same fingerprint too") {
  const pki::KeyPtr key(EVP_RSA_gen(1024));
  unsigned char* raw = nullptr;
  const int size = i2d_PublicKey(key.get(), &raw);
  const pki::BytesPtr der(raw);
  const auto bundle = pki::read_bundle(
      tests::pem("RSA PUBLIC KEY", {reinterpret_cast<const char*>(der.get()), static_cast<std::size_t>(size)}));
  REQUIRE(bundle.public_keys.size() == 1);
  CHECK(bundle.public_keys[0] == private_key(pkcs8(key.get())));
}

TEST_CASE("keys: the same EC key has one fingerprint, however its point and curve are written") {
  const pki::KeyPtr key(EVP_EC_gen("P-256"));
  const std::string usual = private_key(pkcs8(key.get())).spki_sha256;
  EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, "compressed");
  CHECK(private_key(pkcs8(key.get())).spki_sha256 == usual);
  unsigned char* raw = nullptr;
  const int size = i2d_PUBKEY(key.get(), &raw);
  const pki::BytesPtr der(raw);
  CHECK(size < 91);
  const auto bundle = pki::read_bundle(
      tests::pem("PUBLIC KEY", {reinterpret_cast<const char*>(der.get()), static_cast<std::size_t>(size)}));
  REQUIRE(bundle.public_keys.size() == 1);
  CHECK(bundle.public_keys[0].spki_sha256 == usual);

  EVP_PKEY_set_utf8_string_param(key.get(), OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_EXPLICIT);
  const KeyFacts written_out = private_key(pkcs8(key.get()));
  CHECK(written_out.curve == "explicit parameters");
  CHECK(written_out.spki_sha256 == usual);
}

TEST_CASE("keys: keys for RSA-PSS and for key agreement are told apart") {
  const pki::KeyPtr x25519(EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519"));
  const KeyFacts agreement = private_key(pkcs8(x25519.get()));
  CHECK(agreement.type == KeyType::Unknown);
  CHECK(agreement.spki_sha256.size() == 64);

  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr);
  EVP_PKEY_keygen_init(context);
  EVP_PKEY_CTX_set_rsa_keygen_bits(context, 1024);
  EVP_PKEY* raw = nullptr;
  REQUIRE(EVP_PKEY_generate(context, &raw) == 1);
  EVP_PKEY_CTX_free(context);
  const pki::KeyPtr pss(raw);
  CHECK(private_key(pkcs8(pss.get())).type == KeyType::RsaPss);
}

TEST_CASE("keys: a DSA key has its type") {
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, "DSA", nullptr);
  EVP_PKEY_paramgen_init(context);
  EVP_PKEY_CTX_set_dsa_paramgen_bits(context, 1024);
  EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context, 160);
  EVP_PKEY* raw_parameters = nullptr;
  REQUIRE(EVP_PKEY_paramgen(context, &raw_parameters) == 1);
  EVP_PKEY_CTX_free(context);
  const pki::KeyPtr parameters(raw_parameters);
  context = EVP_PKEY_CTX_new_from_pkey(nullptr, parameters.get(), nullptr);
  EVP_PKEY_keygen_init(context);
  EVP_PKEY* raw = nullptr;
  REQUIRE(EVP_PKEY_keygen(context, &raw) == 1);
  EVP_PKEY_CTX_free(context);
  const pki::KeyPtr key(raw);
  CHECK(private_key(pkcs8(key.get())).type == KeyType::Dsa);
  CHECK(private_key(pkcs8(key.get())).bits == 1024);
}

TEST_CASE("keys: private keys of absurd length are refused before OpenSSL computes with them") {
  using namespace std::string_literals;
  // PKCS#8 with the algorithm id-dsa (1.2.840.10040.4.1), then 4,000 bytes of anything.
  const std::string dsa =
      "\x30\x82\x0f\xae\x02\x01\x00\x30\x09\x06\x07\x2a\x86\x48\xce\x38\x04\x01"s + std::string(4000, '\x02');
  const auto bundle = pki::read_bundle(tests::pem("PRIVATE KEY", dsa));
  REQUIRE(bundle.problems.size() == 1);
  CHECK(bundle.problems[0] == "block 1 (PRIVATE KEY): 4018 bytes are more than a private key of its kind has (1024)");
  CHECK(pki::read_bundle(tests::pem("RSA PRIVATE KEY", std::string(40'000, '\x02'))).problems ==
        std::vector<std::string>{
            "block 1 (RSA PRIVATE KEY): 40000 bytes are more than a private key of its kind has (32768)"});
}

}  // namespace
}  // namespace tlsward
