// One RSA signature of 16,384 bits with an exponent of 64 bits keeps OpenSSL busy for 15 ms, and a text of 4 MiB has
// room for 700 of them. The time grows with the square of the modulus.
#include "pki/signature_budget.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>

#include <algorithm>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"

namespace tlsward::pki {
namespace {

using BignumPtr = OpenSslPtr<BIGNUM, BN_free>;

constexpr int kCheapBits = 4096;

bool is_rsa(const EVP_PKEY* key) {
  const int kind = EVP_PKEY_get_base_id(key);
  return kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS;
}

/// 0 where it cannot be told.
int exponent_bits(const EVP_PKEY* key) {
  BIGNUM* raw = nullptr;
  const bool told = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &raw) == 1;
  const BignumPtr exponent(raw);
  if (!told) drop_openssl_errors();
  return told ? BN_num_bits(exponent.get()) : 0;
}

}  // namespace

bool may_check_signatures_of(const EVP_PKEY* key) {
  if (!is_rsa(key)) return true;
  if (EVP_PKEY_get_bits(key) > kMaxRsaBits) return false;
  const int bits = exponent_bits(key);
  return bits > 0 && bits <= kMaxRsaExponentBits;
}

bool SignatureBudget::spend(const EVP_PKEY* key) {
  if (!may_check_signatures_of(key)) return false;
  const int factor = std::max(1, EVP_PKEY_get_bits(key) / kCheapBits);
  const int cost = factor * factor;
  if (cost > left_) return false;
  left_ -= cost;
  return true;
}

}  // namespace tlsward::pki
