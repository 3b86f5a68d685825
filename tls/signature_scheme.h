// Signature schemes: what a handshake or a certificate is signed with.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tlsward::tls {

/// A signature scheme as on the wire (RFC 8446, 4.2.3).
struct SignatureScheme {
  std::uint16_t code = 0;
  friend auto operator<=>(const SignatureScheme&, const SignatureScheme&) = default;
};

/// One row. Source: IANA "TLS SignatureScheme" and, for the pairs of TLS 1.2, "TLS HashAlgorithm".
struct SignatureSchemeFacts {
  SignatureScheme scheme;
  std::string_view name;  // "rsa_pss_rsae_sha256"
  std::string_view key;   // key in the certificate: "RSA", "RSA-PSS", "ECDSA", "Ed25519", "DSA", "ML-DSA"
  std::string_view hash;  // "SHA256", empty where the scheme has its own
  bool tls13;             // may sign a TLS 1.3 handshake (RFC 8446, 4.4.3); certificates may use more
  bool recommended;       // IANA column "Recommended" is Y
};

/// All rows, ascending by code.
std::span<const SignatureSchemeFacts> signature_schemes();
/// The row of a scheme, or nullptr for a number that IANA does not list.
const SignatureSchemeFacts* facts(SignatureScheme scheme);
/// "rsa_pss_rsae_sha256"; "0x08ff" for an unknown number, "GREASE (0x0a0a)" for the values of RFC 8701.
std::string name(SignatureScheme scheme);
/// Any usual spelling: IANA name, OpenSSL's RSA+SHA256 and RSA-PSS+SHA256, Go's PSSWithSHA256 and
/// ECDSAWithP256AndSHA256, 2052, 0x0804. A number needs no row.
std::optional<SignatureScheme> parse_signature_scheme(std::string_view text);

}  // namespace tlsward::tls
