// Named groups (elliptic curves, finite fields, hybrids) and signature schemes.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

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
  std::string_view common;  // "NIST P-256", "X25519"; as printed by sslscan
  GroupKind kind;
  int bits;      // size: 256, 2048
  int strength;  // in bits of a symmetric key, as sslscan prints it: 128, 192, 260
  bool tls13;    // may be used in TLS 1.3
  bool recommended;
};

/// All rows, ascending by code.
std::span<const GroupFacts> groups();
const GroupFacts* facts(Group group);
/// "X25519", "P-256"; IANA name where there is no common one; "0x11eb" for an unknown number.
std::string name(Group group);
/// Any usual spelling: secp256r1, prime256v1, P-256, P256, CurveP256, x25519, X25519MLKEM768, ffdhe2048, 23, 0x0017.
std::optional<Group> parse_group(std::string_view text);

/// A signature scheme as on the wire (RFC 8446, 4.2.3).
struct SignatureScheme {
  std::uint16_t code = 0;
  friend auto operator<=>(const SignatureScheme&, const SignatureScheme&) = default;
};

/// One row. Source: IANA "TLS SignatureScheme" and, for the pairs of TLS 1.2, "TLS HashAlgorithm".
struct SignatureSchemeFacts {
  SignatureScheme scheme;
  std::string_view name;  // "rsa_pss_rsae_sha256"
  std::string_view key;   // "RSA", "RSA-PSS", "ECDSA", "Ed25519", "DSA"
  std::string_view hash;  // "SHA256", empty where the scheme has its own
  bool tls13;
  bool recommended;
};

std::span<const SignatureSchemeFacts> signature_schemes();
const SignatureSchemeFacts* facts(SignatureScheme scheme);
/// Name, or hex for an unknown number.
std::string name(SignatureScheme scheme);
std::optional<SignatureScheme> parse_signature_scheme(std::string_view text);

}  // namespace tlsward::tls
