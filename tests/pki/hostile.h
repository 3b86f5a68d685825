// Keys and certificates of strangers who mean harm.
#pragma once

#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include <string>

#include "pki/openssl_ptr.h"
#include "tests/catch.h"

namespace tlsward::tests {

/// An RSA key of any size that nobody has the private half of.
inline pki::KeyPtr rsa_key(int bits, int exponent_bits) {
  using BignumPtr = pki::OpenSslPtr<BIGNUM, BN_free>;
  using BuilderPtr = pki::OpenSslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
  using ContextPtr = pki::OpenSslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
  using ParametersPtr = pki::OpenSslPtr<OSSL_PARAM, OSSL_PARAM_free>;
  const auto odd_number = [](int size) {
    BignumPtr number(BN_new());
    REQUIRE(BN_one(number.get()) == 1);
    REQUIRE(BN_set_bit(number.get(), size - 1) == 1);
    return number;
  };
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

/// The certificate `der` with `key` in the place of its own, and a signature that is as long as one by `key`.
inline std::string with_key(const std::string& der, EVP_PKEY* key) {
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

}  // namespace tlsward::tests
