// Hostile keys and crowds of certificates: signatures are checked within bounds.
#include "pki/signature_budget.h"

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <chrono>
#include <string>
#include <vector>

#include "pki/openssl_ptr.h"
#include "pki/x509.h"
#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

using BignumPtr = pki::OpenSslPtr<BIGNUM, BN_free>;
using BuilderPtr = pki::OpenSslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ContextPtr = pki::OpenSslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using ParametersPtr = pki::OpenSslPtr<OSSL_PARAM, OSSL_PARAM_free>;

BignumPtr odd_number(int bits) {
  BignumPtr number(BN_new());
  REQUIRE(BN_one(number.get()) == 1);
  REQUIRE(BN_set_bit(number.get(), bits - 1) == 1);
  return number;
}

/// An RSA key of any size that nobody has the private half of.
pki::KeyPtr rsa_key(int bits, int exponent_bits) {
  const BignumPtr modulus = odd_number(bits);
  const BignumPtr exponent = odd_number(exponent_bits);
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  REQUIRE(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1);
  REQUIRE(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1);
  const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const ContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  REQUIRE(EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* raw = nullptr;
  REQUIRE(EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1);
  return pki::KeyPtr(raw);
}

/// A certificate that claims to have signed itself with `key`; the signature is as long as a right one.
std::string claims_self_signed(EVP_PKEY* key) {
  tests::Files file;
  const std::string der = file("rsa:2048 der");
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const pki::X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  REQUIRE(X509_set_pubkey(certificate.get(), key) == 1);
  const ASN1_BIT_STRING* signature = nullptr;
  X509_get0_signature(&signature, nullptr, certificate.get());
  const std::string garbage(static_cast<std::size_t>(EVP_PKEY_get_size(key)), '\x33');
  REQUIRE(ASN1_STRING_set(const_cast<ASN1_BIT_STRING*>(signature), garbage.data(), static_cast<int>(garbage.size())));
  REQUIRE(i2d_re_X509_tbs(certificate.get(), nullptr) > 0);
  unsigned char* out = nullptr;
  const int size = i2d_X509(certificate.get(), &out);
  const pki::BytesPtr bytes(out);
  REQUIRE(size > 0);
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(size)};
}

TEST_CASE("signatures: RSA keys over 16,384 bits or with exponents over 64 bits check none") {
  CHECK(pki::may_check_signatures_of(rsa_key(2048, 17).get()));
  CHECK(pki::may_check_signatures_of(rsa_key(16'384, 64).get()));
  CHECK_FALSE(pki::may_check_signatures_of(rsa_key(16'385, 17).get()));
  CHECK_FALSE(pki::may_check_signatures_of(rsa_key(2048, 65).get()));
  const pki::KeyPtr curve(EVP_EC_gen("P-256"));
  CHECK(pki::may_check_signatures_of(curve.get()));
}

TEST_CASE("signatures: a budget is spent on 200 short keys or 12 of the longest") {
  const auto count = [](const pki::KeyPtr& key) {
    pki::SignatureBudget budget;
    int checks = 0;
    while (budget.spend(key.get())) ++checks;
    return checks;
  };
  CHECK(count(rsa_key(2048, 17)) == 200);
  CHECK(count(rsa_key(4096, 17)) == 200);
  CHECK(count(rsa_key(8192, 17)) == 50);
  CHECK(count(rsa_key(16'384, 17)) == 12);
  CHECK(count(rsa_key(16'386, 17)) == 0);
}

TEST_CASE("signatures: a self-signature that is too dear to check is believed where names and key identifiers fit") {
  const std::string der = claims_self_signed(rsa_key(16'392, 17).get());
  const auto read = pki::read_certificate({reinterpret_cast<const unsigned char*>(der.data()), der.size()});
  REQUIRE(read);
  CHECK(read->facts.key.bits == 16'392);
  CHECK(read->facts.self_issued);
  CHECK(read->facts.self_signed);
}

TEST_CASE("signatures: a wrong self-signature of an ordinary key is found out") {
  const std::string der = claims_self_signed(rsa_key(2048, 17).get());
  const auto read = pki::read_certificate({reinterpret_cast<const unsigned char*>(der.data()), der.size()});
  REQUIRE(read);
  CHECK(read->facts.self_issued);
  CHECK_FALSE(read->facts.self_signed);
}

TEST_CASE("signatures: 4 MiB of the dearest certificates are read in the time of a few signatures") {
  const std::string one = tests::pem("CERTIFICATE", claims_self_signed(rsa_key(16'384, 64).get()));
  std::string text;
  while (text.size() + one.size() <= 4 * 1024 * 1024) text += one;
  const auto start = std::chrono::steady_clock::now();
  const tls::Bundle bundle = pki::read_bundle(text);
  const auto took = std::chrono::steady_clock::now() - start;
  CHECK(bundle.certificates.size() > 600);
  CHECK_FALSE(bundle.certificates.front().self_signed);
  CHECK(bundle.certificates.back().self_signed);
  CHECK(took < std::chrono::seconds{6});  // over 10 s without the bound, 0.4 s with it
}

}  // namespace
}  // namespace tlsward
