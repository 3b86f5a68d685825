// Named groups: elliptic curves, finite fields, key encapsulation and hybrids of them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tls/signature_scheme.h"

namespace tlsward::tls {

/// A named group as on the wire (RFC 8446, 4.2.7). Unknown numbers are values like any other.
struct Group {
  std::uint16_t code = 0;
  friend auto operator<=>(const Group&, const Group&) = default;
};

inline constexpr Group kP256{23};
inline constexpr Group kP384{24};
inline constexpr Group kP521{25};
inline constexpr Group kX25519{29};
inline constexpr Group kX448{30};
inline constexpr Group kX25519MlKem768{4588};

enum class GroupKind : std::uint8_t { Prime, Binary, Montgomery, FiniteField, KeyEncapsulation, Hybrid };

/// One row. Source: IANA "TLS Supported Groups"; the date stands in the .cc.
struct GroupFacts {
  Group group;
  std::string_view name;    // IANA: "secp256r1"
  std::string_view common;  // "NIST P-256": what sslscan prints in brackets behind the name; mostly empty
  GroupKind kind;
  int bits;          // size of the field: 256, 2048; ML-KEM's parameter, also in a hybrid: 768; 0 for explicit curves
  int strength;      // in bits of a symmetric key, as sslscan prints it: 128, 192, 260
  bool tls13;        // may be used in TLS 1.3
  bool recommended;  // IANA column "Recommended" is Y
};

/// All rows, ascending by code.
std::span<const GroupFacts> groups();
/// The row of a group, or nullptr for a number that IANA does not list.
const GroupFacts* facts(Group group);
/// "X25519", "P-256"; IANA name where there is no common one; "0x11e8" for an unknown number, "GREASE (0x0a0a)" for the
/// values of RFC 8701.
std::string name(Group group);
/// Any usual spelling: secp256r1, prime256v1, P-256, P256, CurveP256, x25519, X25519MLKEM768, ffdhe2048, 23, 0x0017;
/// GnuTLS's GROUP-SECP256R1. A number needs no row.
std::optional<Group> parse_group(std::string_view text);

}  // namespace tlsward::tls
