#include <openssl/ec.h>
#include <openssl/objects.h>

#include <memory>

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/extension.h"

namespace tlsward::tests::wire {
namespace {

using tls::Group;
using tls::wire::public_key_without_private_half;

constexpr std::size_t kMlKem512 = 800, kMlKem768 = 1184, kMlKem1024 = 1568;  // FIPS 203, table 3
constexpr std::size_t kRho = 32;

Bytes key(std::uint16_t group, std::uint64_t seed = 1) {
  const auto made = public_key_without_private_half(Group{group}, seed);
  REQUIRE(made);
  return *made;
}

bool is_on_curve(const Bytes& point, const char* curve) {
  const std::unique_ptr<EC_GROUP, decltype(&EC_GROUP_free)> group(EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve)),
                                                                  EC_GROUP_free);
  REQUIRE(group);
  const std::unique_ptr<EC_POINT, decltype(&EC_POINT_free)> decoded(EC_POINT_new(group.get()), EC_POINT_free);
  return EC_POINT_oct2point(group.get(), decoded.get(), point.data(), point.size(), nullptr) == 1 &&
         EC_POINT_cmp(group.get(), decoded.get(), EC_GROUP_get0_generator(group.get()), nullptr) == 0;
}

/// FIPS 203, 7.2: "modulus check", for a key without anything in front or behind.
bool coefficients_below_modulus(View ml_kem) {
  for (std::size_t i = 0; i + 2 < ml_kem.size() - kRho; i += 3) {
    const unsigned first = ml_kem[i] | (ml_kem[i + 1] & 0x0FU) << 8;
    const unsigned second = ml_kem[i + 1] >> 4 | unsigned{ml_kem[i + 2]} << 4;
    if (first >= 3329 || second >= 3329) return false;
  }
  return true;
}

TEST_CASE("wire public key: curves have their generator, uncompressed") {
  const std::pair<std::uint16_t, const char*> curves[] = {{23, "prime256v1"},      {24, "secp384r1"},
                                                          {25, "secp521r1"},       {26, "brainpoolP256r1"},
                                                          {27, "brainpoolP384r1"}, {28, "brainpoolP512r1"},
                                                          {31, "brainpoolP256r1"}, {32, "brainpoolP384r1"},
                                                          {33, "brainpoolP512r1"}, {41, "SM2"}};
  for (const auto& [group, curve] : curves) {
    INFO(curve);
    CHECK(is_on_curve(key(group), curve));
  }
  CHECK(key(25).size() == 133);
}

TEST_CASE("wire public key: X25519 and X448 have their base points, little-endian") {
  CHECK(key(29) == hex("09") + Bytes(31));
  CHECK(key(30) == hex("05") + Bytes(55));
}

TEST_CASE("wire public key: finite fields have 4, as long as the prime") {
  CHECK(key(0x0100) == Bytes(255) + hex("04"));
  CHECK(key(0x0101).size() == 384);
  CHECK(key(0x0102).size() == 512);
  CHECK(key(0x0103).size() == 768);
  CHECK(key(0x0104) == Bytes(1023) + hex("04"));
}

TEST_CASE("wire public key: ML-KEM has coefficients below the modulus") {
  const std::pair<std::uint16_t, std::size_t> groups[] = {
      {0x0200, kMlKem512}, {0x0201, kMlKem768}, {0x0202, kMlKem1024}};
  for (const auto& [group, size] : groups) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const Bytes made = key(group, seed);
      CHECK(made.size() == size);
      CHECK(coefficients_below_modulus(made));
    }
  }
}

TEST_CASE("wire public key: the seed alone decides what ML-KEM gets") {
  CHECK(key(0x0201, 7) == key(0x0201, 7));
  CHECK(key(0x0201, 7) != key(0x0201, 8));
  // The first two numbers of splitmix64 for seed 0 are 0xE220A8397B1DCDAF and 0x6E789E6AA1B965F4.
  const Bytes made = key(0x0200, 0);
  CHECK((made[0] | (made[1] & 0x0F) << 8) == 2233);
  CHECK((made[1] >> 4 | made[2] << 4) == 1993);
}

TEST_CASE("wire public key: hybrids have both halves in the order of their drafts") {
  const Bytes ml_kem_768 = key(0x0201, 5), ml_kem_1024 = key(0x0202, 5);
  CHECK(key(0x11EC, 5) == ml_kem_768 + key(29));   // X25519MLKEM768
  CHECK(key(0x11EB, 5) == key(23) + ml_kem_768);   // SecP256r1MLKEM768
  CHECK(key(0x11ED, 5) == key(24) + ml_kem_1024);  // SecP384r1MLKEM1024
  CHECK(key(0x6399, 5) == key(29) + ml_kem_768);   // X25519Kyber768Draft00
  CHECK(key(0x639A, 5) == key(23) + ml_kem_768);   // SecP256r1Kyber768Draft00
}

TEST_CASE("wire public key: groups that we cannot make a key for have none") {
  for (const Group group : {Group{0}, Group{1}, Group{22}, Group{34}, Group{0x11EE}, Group{0xFF01}, Group{0x0A0A}}) {
    INFO(group.code);
    CHECK_FALSE(public_key_without_private_half(group, 1));
  }
}

}  // namespace
}  // namespace tlsward::tests::wire
