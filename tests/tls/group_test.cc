#include "tls/group.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "tests/catch.h"

namespace tls = tlsward::tls;
using tls::Group;
using tls::GroupKind;

TEST_CASE("groups: the table has the 59 groups of the registry, ascending and without gaps in its facts") {
  const auto rows = tls::groups();
  CHECK(rows.size() == 59);
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.group <= b.group; }));
  for (const auto& row : rows) {
    INFO(row.name);
    CHECK(tls::facts(row.group) == &row);
    const bool explicit_curve = row.group.code >= 0xFF00;
    CHECK((row.bits > 0) == !explicit_curve);
    CHECK((row.strength > 0) == !explicit_curve);
  }
}

TEST_CASE("groups: every name in the table is read back as its group") {
  for (const auto& row : tls::groups()) {
    INFO(row.name);
    CHECK(tls::parse_group(row.name) == row.group);
    CHECK(tls::parse_group(tls::name(row.group)) == row.group);
    CHECK(tls::parse_group(std::to_string(row.group.code)) == row.group);
  }
}

TEST_CASE("groups: code, kind, size, strength and use are those of the registry and of sslscan") {
  struct Expected {
    unsigned code;
    std::string_view iana, printed;
    GroupKind kind;
    int bits, strength;
    bool tls13, recommended;
  };
  const Expected expected[] = {
      {1, "sect163k1", "sect163k1", GroupKind::Binary, 163, 81, false, false},
      {14, "sect571r1", "sect571r1", GroupKind::Binary, 571, 285, false, false},
      {19, "secp192r1", "secp192r1", GroupKind::Prime, 192, 96, false, false},
      {21, "secp224r1", "secp224r1", GroupKind::Prime, 224, 112, false, false},
      {22, "secp256k1", "secp256k1", GroupKind::Prime, 256, 128, false, false},
      {23, "secp256r1", "P-256", GroupKind::Prime, 256, 128, true, true},
      {24, "secp384r1", "P-384", GroupKind::Prime, 384, 192, true, true},
      {25, "secp521r1", "P-521", GroupKind::Prime, 521, 260, true, false},
      {26, "brainpoolP256r1", "brainpoolP256r1", GroupKind::Prime, 256, 128, false, false},
      {29, "x25519", "X25519", GroupKind::Montgomery, 255, 128, true, true},
      {30, "x448", "X448", GroupKind::Montgomery, 448, 224, true, true},
      {31, "brainpoolP256r1tls13", "brainpoolP256r1tls13", GroupKind::Prime, 256, 128, true, false},
      {33, "brainpoolP512r1tls13", "brainpoolP512r1tls13", GroupKind::Prime, 512, 256, true, false},
      {34, "GC256A", "GC256A", GroupKind::Prime, 256, 128, true, false},
      {40, "GC512C", "GC512C", GroupKind::Prime, 512, 256, true, false},
      {41, "curveSM2", "curveSM2", GroupKind::Prime, 256, 128, true, false},
      {256, "ffdhe2048", "ffdhe2048", GroupKind::FiniteField, 2048, 112, true, false},
      {257, "ffdhe3072", "ffdhe3072", GroupKind::FiniteField, 3072, 128, true, false},
      {260, "ffdhe8192", "ffdhe8192", GroupKind::FiniteField, 8192, 192, true, false},
      {512, "MLKEM512", "MLKEM512", GroupKind::KeyEncapsulation, 512, 128, true, false},
      {513, "MLKEM768", "MLKEM768", GroupKind::KeyEncapsulation, 768, 192, true, false},
      {514, "MLKEM1024", "MLKEM1024", GroupKind::KeyEncapsulation, 1024, 256, true, false},
      {4587, "SecP256r1MLKEM768", "SecP256r1MLKEM768", GroupKind::Hybrid, 768, 192, true, false},
      {4588, "X25519MLKEM768", "X25519MLKEM768", GroupKind::Hybrid, 768, 192, true, true},
      {4589, "SecP384r1MLKEM1024", "SecP384r1MLKEM1024", GroupKind::Hybrid, 1024, 256, true, false},
      {25497, "X25519Kyber768Draft00", "X25519Kyber768Draft00", GroupKind::Hybrid, 768, 192, true, false},
      {0xFF01, "arbitrary_explicit_prime_curves", "arbitrary_explicit_prime_curves", GroupKind::Prime, 0, 0, false,
       false},
      {0xFF02, "arbitrary_explicit_char2_curves", "arbitrary_explicit_char2_curves", GroupKind::Binary, 0, 0, false,
       false},
  };
  for (const auto& row : expected) {
    INFO(row.iana);
    const auto* facts = tls::facts(Group{static_cast<std::uint16_t>(row.code)});
    REQUIRE(facts != nullptr);
    CHECK(facts->name == row.iana);
    CHECK(tls::name(facts->group) == row.printed);
    CHECK(facts->kind == row.kind);
    CHECK(facts->bits == row.bits);
    CHECK(facts->strength == row.strength);
    CHECK(facts->tls13 == row.tls13);
    CHECK(facts->recommended == row.recommended);
  }
}

TEST_CASE("groups: sslscan's bracketed names exist for the three NIST curves only") {
  for (const auto& row : tls::groups()) {
    INFO(row.name);
    const bool nist = row.group == tls::kP256 || row.group == tls::kP384 || row.group == tls::kP521;
    CHECK(row.common.empty() == !nist);
  }
  CHECK(tls::facts(tls::kP256)->common == "NIST P-256");
}

TEST_CASE("groups: every usual spelling of P-256 is understood") {
  for (const auto* text : {"secp256r1", "prime256v1", "P-256", "P256", "p256", "CurveP256", "NIST P-256", "SECP256R1",
                           "GROUP-SECP256R1", "23", "0x0017", " 0x17 "}) {
    INFO(text);
    CHECK(tls::parse_group(text) == tls::kP256);
  }
}

TEST_CASE("groups: other spellings") {
  CHECK(tls::parse_group("X25519") == tls::kX25519);
  CHECK(tls::parse_group("Curve25519") == tls::kX25519);
  CHECK(tls::parse_group("CurveP521") == tls::kP521);
  CHECK(tls::parse_group("Curve448") == tls::kX448);
  CHECK(tls::parse_group("X25519MLKEM768") == tls::kX25519MlKem768);
  CHECK(tls::parse_group("x25519_mlkem768") == tls::kX25519MlKem768);
  CHECK(tls::parse_group("ML-KEM-768") == Group{513});
  CHECK(tls::parse_group("FFDHE2048") == Group{256});
  CHECK(tls::parse_group("curveSM2") == Group{41});
  CHECK(tls::parse_group("B-163") == Group{3});
  CHECK(tls::parse_group("K-233") == Group{6});
  CHECK(tls::parse_group("X25519Kyber768") == Group{25497});
  CHECK(tls::parse_group("brainpoolp384r1") == Group{27});
}

TEST_CASE("groups: unknown numbers are values, unknown names are not") {
  CHECK(tls::parse_group("0x11e8") == Group{0x11E8});
  CHECK(tls::name(Group{0x11E8}) == "0x11e8");
  CHECK(tls::name(Group{0x0A0A}) == "GREASE (0x0a0a)");
  CHECK(tls::facts(Group{0x11E8}) == nullptr);
  CHECK(tls::facts(Group{0}) == nullptr);
  CHECK(tls::facts(Group{0xFFFF}) == nullptr);
  for (const auto* text : {"", "P-255", "curve", "secp256", "65536", "ffdhe"}) {
    INFO(text);
    CHECK_FALSE(tls::parse_group(text));
  }
}
