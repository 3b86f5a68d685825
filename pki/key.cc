// A private key and a certificate belong together when their public keys are the same. To compare them as text, both
// become a SubjectPublicKeyInfo in its usual form (uncompressed point, named curve) and that its SHA-256: the form in
// which OpenSSL and Go write it, also where the file spells the same key differently.
#include "pki/key.h"

#include <openssl/core_names.h>
#include <openssl/objects.h>

#include <array>
#include <string>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/sha256.h"

namespace tlsward::pki {
namespace {

/// RSA with 16,384 bits, the most that OpenSSL works with, takes 9.5 KB.
constexpr std::size_t kMaxPrivateKey = 32 * 1024;
/// OpenSSL computes the public half of PKCS#8 DSA and DH keys; with numbers of any size that takes for ever. DSA 3072,
/// the longest in FIPS 186-4, takes 0.9 KB.
constexpr std::size_t kMaxDiscreteLogKey = 1024;

constexpr std::string_view kUncompressed = "uncompressed";
constexpr unsigned char kUncompressedPoint = 0x04;  // SEC 1, 2.3.3

tls::KeyType type_of(const EVP_PKEY* key) {
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA:
      return tls::KeyType::Rsa;
    case EVP_PKEY_RSA_PSS:
      return tls::KeyType::RsaPss;
    case EVP_PKEY_DSA:
      return tls::KeyType::Dsa;
    case EVP_PKEY_EC:
      return tls::KeyType::Ec;
    case EVP_PKEY_ED25519:
      return tls::KeyType::Ed25519;
    case EVP_PKEY_ED448:
      return tls::KeyType::Ed448;
    case EVP_PKEY_DH:
    case EVP_PKEY_DHX:
      return tls::KeyType::Dh;
    default:
      return tls::KeyType::Unknown;
  }
}

std::string text_parameter(const EVP_PKEY* key, const char* parameter) {
  std::array<char, 80> text{};
  if (EVP_PKEY_get_utf8_string_param(key, parameter, text.data(), text.size(), nullptr) != 1) {
    drop_openssl_errors();
    return {};
  }
  return text.data();
}

/// Name and size of the field.
void add_curve(const EVP_PKEY* key, tls::KeyFacts& facts) {
  if (text_parameter(key, OSSL_PKEY_PARAM_EC_ENCODING) == OSSL_PKEY_EC_ENCODING_EXPLICIT) {
    facts.curve = "explicit parameters";
    return;
  }
  facts.curve = text_parameter(key, OSSL_PKEY_PARAM_GROUP_NAME);
  const int nid = OBJ_txt2nid(facts.curve.c_str());
  if (nid == NID_undef) return;
  if (const char* nist = EC_curve_nid2nist(nid)) facts.curve = nist;
  if (const GroupPtr group{EC_GROUP_new_by_curve_name(nid)}) facts.bits = EC_GROUP_get_degree(group.get());
}

tls::KeyFacts facts_of(const EVP_PKEY* key) {
  tls::KeyFacts facts{.type = type_of(key), .bits = EVP_PKEY_get_bits(key), .curve = {}, .spki_sha256 = {}};
  if (facts.type == tls::KeyType::Ec) add_curve(key, facts);
  return facts;
}

std::string sha256_of(const BytesPtr& bytes, int size) {
  if (size <= 0) {
    drop_openssl_errors();
    return {};
  }
  return sha256_hex({reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)});
}

/// Changes `key`: how it is to be written.
std::string usual_spki_sha256(EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC) {
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT, kUncompressed.data());
    EVP_PKEY_set_utf8_string_param(key, OSSL_PKEY_PARAM_EC_ENCODING, OSSL_PKEY_EC_ENCODING_GROUP);
    drop_openssl_errors();
  }
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(key, &der);
  return sha256_of(BytesPtr(der), size);
}

/// Whether the bytes of `key` are already what usual_spki_sha256 would write.
bool is_usual(const X509_PUBKEY* key) {
  ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* bytes = nullptr;
  int size = 0;
  X509_ALGOR* parameters = nullptr;
  if (X509_PUBKEY_get0_param(&algorithm, &bytes, &size, &parameters, key) != 1) return true;
  int type = V_ASN1_UNDEF;
  X509_ALGOR_get0(nullptr, &type, nullptr, parameters);
  switch (OBJ_obj2nid(algorithm)) {
    case NID_rsaEncryption:
      return type == V_ASN1_NULL;
    case NID_X9_62_id_ecPublicKey:
      return type == V_ASN1_OBJECT && size > 0 && bytes[0] == kUncompressedPoint;
    default:
      return true;
  }
}

int refuse_passphrase(char*, int, int, void*) {
  return -1;
}

/// RFC 5958, 3: EncryptedPrivateKeyInfo is an algorithm and an OCTET STRING. X509_SIG has the same shape.
bool is_encrypted(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  const SignaturePtr info(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
  drop_openssl_errors();
  return info && at == der.data() + der.size();
}

/// The algorithm of a PKCS#8 key: SEQUENCE { INTEGER, SEQUENCE { OBJECT IDENTIFIER … } … }. NID_undef for all others.
int pkcs8_algorithm(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  const unsigned char* const end = at + der.size();
  for (const int expected : {V_ASN1_SEQUENCE, V_ASN1_INTEGER, V_ASN1_SEQUENCE}) {
    long length = 0;
    int tag = 0;
    int type = 0;
    const int flags = ASN1_get_object(&at, &length, &tag, &type, end - at);
    if ((flags & 0x80) != 0 || tag != expected) return NID_undef;
    if (tag == V_ASN1_INTEGER) at += length;
  }
  const ObjectPtr object(d2i_ASN1_OBJECT(nullptr, &at, end - at));
  return object ? OBJ_obj2nid(object.get()) : NID_undef;
}

bool is_discrete_log(int algorithm) {
  return algorithm == NID_dsa || algorithm == NID_dsa_2 || algorithm == NID_dhKeyAgreement ||
         algorithm == NID_dhpublicnumber;
}

Error too_long(std::size_t size, std::size_t limit) {
  return Error{std::to_string(size) + " bytes are more than a private key of its kind has (" + std::to_string(limit) +
               ")"};
}

Error trailing(std::size_t count) {
  return Error{std::to_string(count) + " bytes follow the key"};
}

}  // namespace

Result<tls::KeyFacts> read_private_key(std::span<const unsigned char> der) {
  if (der.size() > kMaxPrivateKey) return too_long(der.size(), kMaxPrivateKey);
  if (is_encrypted(der)) {
    tls::KeyFacts facts;
    facts.encrypted = true;
    return facts;
  }
  const bool discrete_log = is_discrete_log(pkcs8_algorithm(der));
  drop_openssl_errors();
  if (discrete_log && der.size() > kMaxDiscreteLogKey) return too_long(der.size(), kMaxDiscreteLogKey);

  EVP_PKEY* raw = nullptr;
  const DecoderPtr decoder(
      OSSL_DECODER_CTX_new_for_pkey(&raw, "DER", nullptr, nullptr, EVP_PKEY_KEYPAIR, nullptr, nullptr));
  const unsigned char* at = der.data();
  std::size_t left = der.size();
  const bool decoded = decoder &&
                       OSSL_DECODER_CTX_set_pem_password_cb(decoder.get(), refuse_passphrase, nullptr) == 1 &&
                       OSSL_DECODER_from_data(decoder.get(), &at, &left) == 1;
  const KeyPtr key(raw);
  if (!decoded || !key) return Error{"no private key that OpenSSL can read (" + take_openssl_error() + ")"};
  drop_openssl_errors();
  if (left != 0) return trailing(left);
  tls::KeyFacts facts = facts_of(key.get());
  facts.spki_sha256 = usual_spki_sha256(key.get());
  return facts;
}

Result<tls::KeyFacts> read_public_key(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  const PublicKeyPtr key(d2i_X509_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!key || X509_PUBKEY_get0(key.get()) == nullptr) {
    return Error{"no public key that OpenSSL can read (" + take_openssl_error() + ")"};
  }
  drop_openssl_errors();
  const auto left = static_cast<std::size_t>(der.data() + der.size() - at);
  if (left != 0) return trailing(left);
  return key_facts(key.get());
}

Result<tls::KeyFacts> read_rsa_public_key(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  const KeyPtr key(d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, static_cast<long>(der.size())));
  if (!key) return Error{"no public key that OpenSSL can read (" + take_openssl_error() + ")"};
  drop_openssl_errors();
  const auto left = static_cast<std::size_t>(der.data() + der.size() - at);
  if (left != 0) return trailing(left);
  tls::KeyFacts facts = facts_of(key.get());
  facts.spki_sha256 = usual_spki_sha256(key.get());
  return facts;
}

tls::KeyFacts key_facts(const X509_PUBKEY* info) {
  const EVP_PKEY* key = X509_PUBKEY_get0(info);
  tls::KeyFacts facts = key != nullptr ? facts_of(key) : tls::KeyFacts{};
  drop_openssl_errors();
  if (key != nullptr && !is_usual(info)) {
    if (const KeyPtr copy{EVP_PKEY_dup(const_cast<EVP_PKEY*>(key))}) facts.spki_sha256 = usual_spki_sha256(copy.get());
    return facts;
  }
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(info, &der);
  facts.spki_sha256 = sha256_of(BytesPtr(der), size);
  return facts;
}

}  // namespace tlsward::pki
