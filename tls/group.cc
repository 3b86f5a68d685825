// The groups of the IANA registry and their other names. Strengths are those that sslscan prints: half the order of a
// curve (NIST P-521: 260), NIST SP 800-57 for finite fields; ML-KEM's are its NIST categories 1, 3 and 5 (FIPS 203, 8),
// and a hybrid is as strong as its ML-KEM half.
//
// Source: IANA "TLS Supported Groups", state of 2026-09-29 (with RFC 9847: column "Recommended" with D; RFC 10024:
// hybrids with ML-KEM, of which X25519MLKEM768 is recommended). TLS 1.3: RFC 8446 4.2.7, RFC 8734 (brainpool…tls13),
// RFC 8998 (curveSM2), RFC 9367 (GC…).
#include "tls/group.h"

#include <algorithm>
#include <array>

#include "tls/spelling.h"

namespace tlsward::tls {
namespace {

using K = GroupKind;

// clang-format off
constexpr GroupFacts kGroups[] = {
    // code    IANA                               sslscan       kind                  bits  strength  TLS 1.3  recommended
    {{0x0001}, "sect163k1",                       "",           K::Binary,            163,  81,       false,   false},
    {{0x0002}, "sect163r1",                       "",           K::Binary,            163,  81,       false,   false},
    {{0x0003}, "sect163r2",                       "",           K::Binary,            163,  81,       false,   false},
    {{0x0004}, "sect193r1",                       "",           K::Binary,            193,  96,       false,   false},
    {{0x0005}, "sect193r2",                       "",           K::Binary,            193,  96,       false,   false},
    {{0x0006}, "sect233k1",                       "",           K::Binary,            233,  116,      false,   false},
    {{0x0007}, "sect233r1",                       "",           K::Binary,            233,  116,      false,   false},
    {{0x0008}, "sect239k1",                       "",           K::Binary,            239,  119,      false,   false},
    {{0x0009}, "sect283k1",                       "",           K::Binary,            283,  141,      false,   false},
    {{0x000A}, "sect283r1",                       "",           K::Binary,            283,  141,      false,   false},
    {{0x000B}, "sect409k1",                       "",           K::Binary,            409,  204,      false,   false},
    {{0x000C}, "sect409r1",                       "",           K::Binary,            409,  204,      false,   false},
    {{0x000D}, "sect571k1",                       "",           K::Binary,            571,  285,      false,   false},
    {{0x000E}, "sect571r1",                       "",           K::Binary,            571,  285,      false,   false},
    {{0x000F}, "secp160k1",                       "",           K::Prime,             160,  80,       false,   false},
    {{0x0010}, "secp160r1",                       "",           K::Prime,             160,  80,       false,   false},
    {{0x0011}, "secp160r2",                       "",           K::Prime,             160,  80,       false,   false},
    {{0x0012}, "secp192k1",                       "",           K::Prime,             192,  96,       false,   false},
    {{0x0013}, "secp192r1",                       "",           K::Prime,             192,  96,       false,   false},
    {{0x0014}, "secp224k1",                       "",           K::Prime,             224,  112,      false,   false},
    {{0x0015}, "secp224r1",                       "",           K::Prime,             224,  112,      false,   false},
    {{0x0016}, "secp256k1",                       "",           K::Prime,             256,  128,      false,   false},
    {{0x0017}, "secp256r1",                       "NIST P-256", K::Prime,             256,  128,      true,    true},
    {{0x0018}, "secp384r1",                       "NIST P-384", K::Prime,             384,  192,      true,    true},
    {{0x0019}, "secp521r1",                       "NIST P-521", K::Prime,             521,  260,      true,    false},
    {{0x001A}, "brainpoolP256r1",                 "",           K::Prime,             256,  128,      false,   false},
    {{0x001B}, "brainpoolP384r1",                 "",           K::Prime,             384,  192,      false,   false},
    {{0x001C}, "brainpoolP512r1",                 "",           K::Prime,             512,  256,      false,   false},
    {{0x001D}, "x25519",                          "",           K::Montgomery,        255,  128,      true,    true},
    {{0x001E}, "x448",                            "",           K::Montgomery,        448,  224,      true,    true},
    {{0x001F}, "brainpoolP256r1tls13",            "",           K::Prime,             256,  128,      true,    false},
    {{0x0020}, "brainpoolP384r1tls13",            "",           K::Prime,             384,  192,      true,    false},
    {{0x0021}, "brainpoolP512r1tls13",            "",           K::Prime,             512,  256,      true,    false},
    {{0x0022}, "GC256A",                          "",           K::Prime,             256,  128,      true,    false},
    {{0x0023}, "GC256B",                          "",           K::Prime,             256,  128,      true,    false},
    {{0x0024}, "GC256C",                          "",           K::Prime,             256,  128,      true,    false},
    {{0x0025}, "GC256D",                          "",           K::Prime,             256,  128,      true,    false},
    {{0x0026}, "GC512A",                          "",           K::Prime,             512,  256,      true,    false},
    {{0x0027}, "GC512B",                          "",           K::Prime,             512,  256,      true,    false},
    {{0x0028}, "GC512C",                          "",           K::Prime,             512,  256,      true,    false},
    {{0x0029}, "curveSM2",                        "",           K::Prime,             256,  128,      true,    false},
    {{0x0100}, "ffdhe2048",                       "",           K::FiniteField,       2048, 112,      true,    false},
    {{0x0101}, "ffdhe3072",                       "",           K::FiniteField,       3072, 128,      true,    false},
    {{0x0102}, "ffdhe4096",                       "",           K::FiniteField,       4096, 150,      true,    false},
    {{0x0103}, "ffdhe6144",                       "",           K::FiniteField,       6144, 175,      true,    false},
    {{0x0104}, "ffdhe8192",                       "",           K::FiniteField,       8192, 192,      true,    false},
    {{0x0200}, "MLKEM512",                        "",           K::KeyEncapsulation,  512,  128,      true,    false},
    {{0x0201}, "MLKEM768",                        "",           K::KeyEncapsulation,  768,  192,      true,    false},
    {{0x0202}, "MLKEM1024",                       "",           K::KeyEncapsulation,  1024, 256,      true,    false},
    {{0x11E9}, "SecP256r1MLKEM512",               "",           K::Hybrid,            512,  128,      true,    false},
    {{0x11EA}, "MLKEM512X25519",                  "",           K::Hybrid,            512,  128,      true,    false},
    {{0x11EB}, "SecP256r1MLKEM768",               "",           K::Hybrid,            768,  192,      true,    false},
    {{0x11EC}, "X25519MLKEM768",                  "",           K::Hybrid,            768,  192,      true,    true},
    {{0x11ED}, "SecP384r1MLKEM1024",              "",           K::Hybrid,            1024, 256,      true,    false},
    {{0x11EE}, "curveSM2MLKEM768",                "",           K::Hybrid,            768,  192,      true,    false},
    {{0x6399}, "X25519Kyber768Draft00",           "",           K::Hybrid,            768,  192,      true,    false},
    {{0x639A}, "SecP256r1Kyber768Draft00",        "",           K::Hybrid,            768,  192,      true,    false},
    {{0xFF01}, "arbitrary_explicit_prime_curves", "",           K::Prime,             0,    0,        false,   false},
    {{0xFF02}, "arbitrary_explicit_char2_curves", "",           K::Binary,            0,    0,        false,   false},
};
// clang-format on

struct Alias {
  std::string_view folded;
  Group group;
};

// Names of ANSI X9.62, FIPS 186 and the Kyber draft that folding does not reach. OpenSSL accepts the first two kinds.
constexpr Alias kAliases[] = {
    {"prime256v1", kP256},
    {"prime192v1", {0x0013}},
    {"p256", kP256},
    {"p384", kP384},
    {"p521", kP521},
    {"p192", {0x0013}},
    {"p224", {0x0015}},
    {"k163", {0x0001}},
    {"b163", {0x0003}},
    {"k233", {0x0006}},
    {"b233", {0x0007}},
    {"k283", {0x0009}},
    {"b283", {0x000A}},
    {"k409", {0x000B}},
    {"b409", {0x000C}},
    {"k571", {0x000D}},
    {"b571", {0x000E}},
    {"25519", kX25519},
    {"448", kX448},
    {"sm2", {0x0029}},
    {"x25519kyber768", {0x6399}},
    {"p256mlkem768", {0x11EB}},
    {"p384mlkem1024", {0x11ED}},
};

std::optional<Group> find(std::string_view folded) {
  for (const auto& row : kGroups) {
    if (folds_to(row.name, folded)) return row.group;
  }
  for (const auto& alias : kAliases) {
    if (alias.folded == folded) return alias.group;
  }
  return std::nullopt;
}

}  // namespace

std::span<const GroupFacts> groups() {
  return kGroups;
}

const GroupFacts* facts(Group group) {
  const auto* row = std::lower_bound(std::begin(kGroups), std::end(kGroups), group,
                                     [](const GroupFacts& left, Group right) { return left.group < right; });
  return row != std::end(kGroups) && row->group == group ? row : nullptr;
}

std::string name(Group group) {
  const auto* row = facts(group);
  if (!row) return unknown_name(group.code);
  constexpr std::string_view kNist = "NIST ";
  if (row->common.starts_with(kNist)) return std::string(row->common.substr(kNist.size()));
  auto text = std::string(row->name);
  // RFC 7748 and everybody else write the function with a capital; the registry does not.
  if (row->kind == GroupKind::Montgomery) text.front() = 'X';
  return text;
}

std::optional<Group> parse_group(std::string_view text) {
  if (const auto number = parse_number(text)) return Group{*number};
  const auto key = fold(text);
  if (const auto group = find(key)) return group;
  // Go: CurveP256, GnuTLS: GROUP-SECP256R1, prose: NIST P-256.
  for (const std::string_view prefix : {"curve", "group", "nist"}) {
    if (std::string_view(key).starts_with(prefix)) return find(std::string_view(key).substr(prefix.size()));
  }
  return std::nullopt;
}

}  // namespace tlsward::tls
