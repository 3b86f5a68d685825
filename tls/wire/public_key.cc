// Public keys for key shares that are only there to be answered. A server checks that a point is on its curve, that a
// number is in its range, that coefficients are below the modulus, and no more than that: the generator of a curve
// passes, and so do random coefficients. Nothing here keeps a secret.
//
// Generators: SEC 2 version 2.0, 2.4.2, 2.5.1 and 2.6.1 (NIST curves); RFC 5639, 3.4, 3.6 and 3.7 (brainpool);
// GB/T 32918.5 (curveSM2). Base points: RFC 7748, 4.1 and 4.2.
#include <string_view>

#include "tls/wire/extension.h"

namespace tlsward::tls::wire {
namespace {

struct Generator {
  Group group;
  std::string_view hex;  // both coordinates
};

// clang-format off
constexpr Generator kGenerators[] = {
    {{0x0017},
     "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
     "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"},
    {{0x0018},
     "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"
     "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"},
    {{0x0019},
     "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de"
     "3348b3c1856a429bf97e7e31c2e5bd66"
     "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761"
     "353c7086a272c24088be94769fd16650"},
    {{0x001A},
     "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262"
     "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997"},
    {{0x001B},
     "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e"
     "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315"},
    {{0x001C},
     "81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d"
     "5047406a5e688b352209bcb9f822"
     "7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca"
     "2b2fa8f0540678cd1e0f3ad80892"},
    {{0x0029},
     "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
     "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0"},
};
// clang-format on

// RFC 8734: the same curves under code points of TLS 1.3.
struct Renamed {
  Group group, curve;
};
constexpr Renamed kBrainpoolTls13[] = {{{0x001F}, {0x001A}}, {{0x0020}, {0x001B}}, {{0x0021}, {0x001C}}};

enum class Order : std::uint8_t { CurveFirst, MlKemFirst };

// draft-ietf-tls-ecdhe-mlkem, 4.1; draft-tls-westerbaan-xyber768d00, 3; draft-kwiatkowski-tls-ecdhe-kyber, 3.
struct Hybrid {
  Group group, curve;
  int ml_kem;
  Order order;
};
constexpr Hybrid kHybrids[] = {
    {{0x11EB}, kP256, 768, Order::CurveFirst},    // SecP256r1MLKEM768
    {{0x11EC}, kX25519, 768, Order::MlKemFirst},  // X25519MLKEM768
    {{0x11ED}, kP384, 1024, Order::CurveFirst},   // SecP384r1MLKEM1024
    {{0x6399}, kX25519, 768, Order::CurveFirst},  // X25519Kyber768Draft00
    {{0x639A}, kP256, 768, Order::CurveFirst},    // SecP256r1Kyber768Draft00
};

std::uint8_t digit(char c) {
  return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10);
}

std::optional<Bytes> generator(Group group) {
  for (const Renamed& row : kBrainpoolTls13) {
    if (row.group == group) return generator(row.curve);
  }
  for (const Generator& row : kGenerators) {
    if (row.group != group) continue;
    constexpr std::uint8_t kUncompressed = 4;
    Bytes point{kUncompressed};
    for (std::size_t i = 0; i < row.hex.size(); i += 2) {
      point.push_back(static_cast<std::uint8_t>(digit(row.hex[i]) << 4 | digit(row.hex[i + 1])));
    }
    return point;
  }
  return std::nullopt;
}

std::optional<Bytes> base_point(Group group) {
  constexpr std::uint8_t kX25519Base = 9, kX448Base = 5;
  if (group != kX25519 && group != kX448) return std::nullopt;
  Bytes little_endian(group == kX25519 ? 32 : 56);
  little_endian.front() = group == kX25519 ? kX25519Base : kX448Base;
  return little_endian;
}

std::optional<Bytes> curve_key(Group group) {
  if (auto point = base_point(group)) return point;
  return generator(group);
}

/// RFC 8446, 4.2.8.1: as long as the prime. 4 is a square, so it is in the subgroup that careful servers ask for.
Bytes finite_field_key(int prime_bits) {
  Bytes big_endian(static_cast<std::size_t>(prime_bits) / 8);
  big_endian.back() = 4;
  return big_endian;
}

/// Sebastiano Vigna's splitmix64: every seed is a good one.
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

/// FIPS 203, 7.1: k polynomials of 256 coefficients, 12 bits each, and the 32 bytes that the matrix grows from.
/// `parameter`: 512, 768 or 1024, which is 256 k.
Bytes ml_kem_key(int parameter, std::uint64_t seed) {
  constexpr std::uint64_t kModulus = 3329;
  constexpr int kSeedBytes = 32;
  SplitMix random(seed);
  Bytes key;
  for (int coefficient = 0; coefficient < parameter; coefficient += 2) {
    const std::uint64_t pair = random() % kModulus | (random() % kModulus) << 12;
    for (int shift = 0; shift < 24; shift += 8) key.push_back(static_cast<std::uint8_t>(pair >> shift));
  }
  for (int i = 0; i < kSeedBytes; ++i) key.push_back(static_cast<std::uint8_t>(random()));
  return key;
}

std::optional<Bytes> hybrid_key(Group group, std::uint64_t seed) {
  for (const Hybrid& row : kHybrids) {
    if (row.group != group) continue;
    const auto curve = curve_key(row.curve);
    if (!curve) return std::nullopt;
    const Bytes ml_kem = ml_kem_key(row.ml_kem, seed);
    Writer out;
    out.bytes(row.order == Order::CurveFirst ? *curve : ml_kem);
    out.bytes(row.order == Order::CurveFirst ? ml_kem : *curve);
    return out.take();
  }
  return std::nullopt;
}

}  // namespace

std::optional<Bytes> public_key_without_private_half(Group group, std::uint64_t seed) {
  const GroupFacts* row = facts(group);
  if (!row) return std::nullopt;
  switch (row->kind) {
    case GroupKind::Prime:
    case GroupKind::Montgomery:
      return curve_key(group);
    case GroupKind::FiniteField:
      return finite_field_key(row->bits);
    case GroupKind::KeyEncapsulation:
      return ml_kem_key(row->bits, seed);
    case GroupKind::Hybrid:
      return hybrid_key(group, seed);
    case GroupKind::Binary:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace tlsward::tls::wire
