// Hello extensions: written for the client's side, read for the server's (RFC 8446, 4.2, and IANA "TLS ExtensionType
// Values").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/bytes.h"

namespace tlsward::tls::wire {

/// Type numbers of extensions, from IANA's registry.
namespace extension {
inline constexpr std::uint16_t kServerName = 0;                   // RFC 6066
inline constexpr std::uint16_t kStatusRequest = 5;                // RFC 6066
inline constexpr std::uint16_t kSupportedGroups = 10;             // RFC 8422, RFC 7919
inline constexpr std::uint16_t kEcPointFormats = 11;              // RFC 8422
inline constexpr std::uint16_t kSignatureAlgorithms = 13;         // RFC 8446
inline constexpr std::uint16_t kHeartbeat = 15;                   // RFC 6520
inline constexpr std::uint16_t kAlpn = 16;                        // RFC 7301
inline constexpr std::uint16_t kSignedCertificateTimestamp = 18;  // RFC 6962
inline constexpr std::uint16_t kPadding = 21;                     // RFC 7685
inline constexpr std::uint16_t kEncryptThenMac = 22;              // RFC 7366
inline constexpr std::uint16_t kExtendedMasterSecret = 23;        // RFC 7627
inline constexpr std::uint16_t kCompressCertificate = 27;         // RFC 8879
inline constexpr std::uint16_t kRecordSizeLimit = 28;             // RFC 8449
inline constexpr std::uint16_t kSessionTicket = 35;               // RFC 5077
inline constexpr std::uint16_t kPreSharedKey = 41;                // RFC 8446
inline constexpr std::uint16_t kEarlyData = 42;                   // RFC 8446
inline constexpr std::uint16_t kSupportedVersions = 43;           // RFC 8446
inline constexpr std::uint16_t kCookie = 44;                      // RFC 8446
inline constexpr std::uint16_t kPskKeyExchangeModes = 45;         // RFC 8446
inline constexpr std::uint16_t kCertificateAuthorities = 47;      // RFC 8446
inline constexpr std::uint16_t kSignatureAlgorithmsCert = 50;     // RFC 8446
inline constexpr std::uint16_t kKeyShare = 51;                    // RFC 8446
inline constexpr std::uint16_t kNextProtocolNegotiation = 13172;  // draft-agl-tls-nextprotoneg-04
inline constexpr std::uint16_t kRenegotiationInfo = 0xff01;       // RFC 5746
}  // namespace extension

/// One extension as on the wire.
struct Extension {
  std::uint16_t type = 0;
  Bytes body;
  friend bool operator==(const Extension&, const Extension&) = default;
};

/// The body of the first extension of `type`; nullopt where there is none.
std::optional<View> find(const std::vector<Extension>& extensions, std::uint16_t type);

/// Reads an extensions block, its two bytes of length in front: the end of a hello, the body of EncryptedExtensions.
/// Nullopt where it is malformed.
std::optional<std::vector<Extension>> parse_extensions(View block);

/// A key share: a group and a public key of it.
struct KeyShare {
  Group group;
  Bytes key;
};

// Bodies of a client's extensions.
Extension server_name(std::string_view host);  // host_name; without a trailing dot
Extension supported_groups(const std::vector<Group>& groups);
Extension ec_point_formats();  // uncompressed
Extension signature_algorithms(const std::vector<SignatureScheme>& schemes);
Extension alpn(const std::vector<std::string>& protocols);
Extension supported_versions(const std::vector<Version>& versions);            // the client's list
Extension key_share(const std::vector<KeyShare>& shares);                      // may be empty (RFC 8446, 4.2.8)
Extension psk_key_exchange_modes();                                            // psk_dhe_ke
Extension status_request();                                                    // ocsp, no responders
Extension renegotiation_info();                                                // of a first handshake: empty
Extension heartbeat();                                                         // peer_allowed_to_send
Extension compress_certificate(const std::vector<std::uint16_t>& algorithms);  // 1 zlib, 2 brotli, 3 zstd
Extension record_size_limit(std::uint16_t limit);
Extension cookie(View cookie);
/// An extension with an empty body: encrypt_then_mac, extended_master_secret, session_ticket, NPN, SCT.
Extension empty_extension(std::uint16_t type);
/// Zeroes (RFC 7685), so that a hello that is `hello_size` bytes long without it grows to `wanted_size`; at least an
/// empty body.
Extension padding(std::size_t hello_size, std::size_t wanted_size);

// A server's answers. Nullopt where the body is malformed.
std::optional<Version> selected_version(View body);
/// The group of a server's key_share, in a ServerHello as in a HelloRetryRequest (where no key follows).
std::optional<Group> selected_group(View body);
/// The one protocol of a server's ALPN answer.
std::optional<std::string> selected_alpn(View body);
/// The protocols that a server offers by NPN.
std::optional<std::vector<std::string>> offered_npn(View body);
/// The signature_algorithms of a CertificateRequest in TLS 1.3.
std::optional<std::vector<SignatureScheme>> offered_schemes(View body);

/// A public key that any server takes as well-formed, made without a private half: enough to be answered with a
/// ServerHello, never to finish a handshake. Curves: their generator or base point. FFDHE: 4. ML-KEM: random
/// coefficients below 3329 (FIPS 203, 7.2) drawn from `seed`; hybrids: both halves in the order of
/// draft-ietf-tls-ecdhe-mlkem and of the Kyber drafts before it. Nullopt for groups that we cannot make one for.
std::optional<Bytes> public_key_without_private_half(Group group, std::uint64_t seed);

}  // namespace tlsward::tls::wire
