#include "tests/probe/plan/primes.h"

#include <openssl/bn.h>
#include <openssl/dh.h>
#include <openssl/evp.h>

#include <map>
#include <memory>

#include "tests/catch.h"

namespace tlsward::tests {
namespace {

const char* openssl_name(tls::Group group) {
  switch (group.code) {
    case 256:
      return "ffdhe2048";
    case 257:
      return "ffdhe3072";
    case 258:
      return "ffdhe4096";
    case 259:
      return "ffdhe6144";
    default:
      return "ffdhe8192";
  }
}

tls::wire::Bytes make_prime(tls::Group group) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr), EVP_PKEY_CTX_free);
  REQUIRE(EVP_PKEY_paramgen_init(context.get()) > 0);
  REQUIRE(EVP_PKEY_CTX_ctrl_str(context.get(), "group", openssl_name(group)) > 0);
  EVP_PKEY* made = nullptr;
  REQUIRE(EVP_PKEY_paramgen(context.get(), &made) > 0);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(made, EVP_PKEY_free);
  BIGNUM* number = nullptr;
  REQUIRE(EVP_PKEY_get_bn_param(key.get(), "p", &number) > 0);
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> prime(number, BN_free);
  tls::wire::Bytes bytes(static_cast<std::size_t>(BN_num_bytes(prime.get())));
  BN_bn2bin(prime.get(), bytes.data());
  return bytes;
}

}  // namespace

tls::wire::Bytes ffdhe_prime(tls::Group group) {
  static std::map<tls::Group, tls::wire::Bytes> made;
  auto& prime = made[group];
  if (prime.empty()) prime = make_prime(group);
  return prime;
}

}  // namespace tlsward::tests
