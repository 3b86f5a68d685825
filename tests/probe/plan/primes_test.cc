#include "probe/plan/primes.h"

#include <openssl/bn.h>

#include <memory>

#include "tests/catch.h"
#include "tests/probe/plan/primes.h"

namespace tlsward::tests {
namespace {

using probe::describe_prime;
using probe::ffdhe_group;
using tls::wire::Bytes;

/// Big-endian; takes `number` over.
Bytes bytes_of(BIGNUM* number) {
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> owner(number, BN_free);
  REQUIRE(number != nullptr);
  Bytes bytes(static_cast<std::size_t>(BN_num_bytes(number)));
  BN_bn2bin(number, bytes.data());
  return bytes;
}

}  // namespace

TEST_CASE("primes: those of RFC 7919 have a name and a group, and are safe") {
  const tls::Group group = GENERATE(values<tls::Group>({{256}, {257}, {258}, {259}, {260}}));
  const Bytes prime = ffdhe_prime(group);
  const probe::SeenPrime seen = describe_prime(prime);
  CHECK(seen.name == tls::name(group));
  CHECK(seen.bits == static_cast<int>(prime.size() * 8));
  CHECK(seen.safe);
  CHECK_FALSE(seen.shared);
  CHECK(ffdhe_group(prime) == group);
}

TEST_CASE("primes: the old default of 1024 bits is shared by many servers") {
  const probe::SeenPrime seen = describe_prime(bytes_of(BN_get_rfc2409_prime_1024(nullptr)));
  CHECK(seen.name == "RFC 2409 group 2");
  CHECK(seen.bits == 1024);
  CHECK(seen.shared);
  CHECK(seen.safe);
}

TEST_CASE("primes: group 14 of RFC 3526 is large enough to share, and no named group of TLS") {
  const Bytes prime = bytes_of(BN_get_rfc3526_prime_2048(nullptr));
  CHECK(describe_prime(prime).name == "RFC 3526 group 14");
  CHECK_FALSE(describe_prime(prime).shared);
  CHECK_FALSE(ffdhe_group(prime));
}

TEST_CASE("primes: a server's own is tested for being a safe prime") {
  const probe::SeenPrime safe = describe_prime(Bytes{23});
  CHECK(safe.name.empty());
  CHECK(safe.bits == 5);
  CHECK(safe.safe);
  CHECK_FALSE(safe.shared);
  CHECK_FALSE(describe_prime(Bytes{29}).safe);
  CHECK_FALSE(describe_prime(Bytes{21}).safe);
  CHECK(describe_prime(Bytes{23}).sha256 == "8f11b05da785e43e713d03774c6bd3405d99cd3024af334ffd68db663aa37034");
}

TEST_CASE("primes: nothing, zero and very long numbers are no safe primes") {
  CHECK_FALSE(describe_prime(Bytes{}).safe);
  CHECK(describe_prime(Bytes{}).bits == 0);
  CHECK_FALSE(describe_prime(Bytes{0}).safe);
  const probe::SeenPrime seen = describe_prime(Bytes(2000, 0xff));
  CHECK(seen.bits == 16000);
  CHECK_FALSE(seen.safe);
  CHECK_FALSE(ffdhe_group(Bytes(2000, 0xff)));
}

}  // namespace tlsward::tests
