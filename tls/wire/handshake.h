// Messages of a server, read: ServerHello to CertificateRequest (RFC 5246, 7.4; RFC 8446, 4).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/bytes.h"
#include "tls/wire/extension.h"

namespace tlsward::tls::wire {

/// Type numbers of handshake messages (IANA "TLS HandshakeType").
namespace handshake {
inline constexpr std::uint8_t kHelloRequest = 0;
inline constexpr std::uint8_t kClientHello = 1;
inline constexpr std::uint8_t kServerHello = 2;
inline constexpr std::uint8_t kNewSessionTicket = 4;
inline constexpr std::uint8_t kEncryptedExtensions = 8;
inline constexpr std::uint8_t kCertificate = 11;
inline constexpr std::uint8_t kServerKeyExchange = 12;
inline constexpr std::uint8_t kCertificateRequest = 13;
inline constexpr std::uint8_t kServerHelloDone = 14;
inline constexpr std::uint8_t kCertificateVerify = 15;
inline constexpr std::uint8_t kFinished = 20;
inline constexpr std::uint8_t kCertificateStatus = 22;
inline constexpr std::uint8_t kCompressedCertificate = 25;
}  // namespace handshake

/// TLS 1.3, its drafts (0x7fxx) and whatever is newer: all behind the ServerHello is encrypted.
bool encrypts_after_hello(Version version);

struct ServerHello {
  Version legacy_version;
  std::array<std::uint8_t, 32> random{};
  Bytes session_id;
  CipherSuite suite;
  std::uint8_t compression = 0;
  std::vector<Extension> extensions;

  /// A HelloRetryRequest, by its random (RFC 8446, 4.1.3).
  bool is_retry() const;
  /// What was negotiated: supported_versions, else legacy_version. A draft of TLS 1.3 stays what it is (0x7f17).
  Version version() const;
  /// The group of key_share; nullopt where there is none.
  std::optional<Group> group() const;
  /// The random tells that the server would have liked a higher version (RFC 8446, 4.1.3): TLS 1.2 where it has TLS
  /// 1.3 and chose TLS 1.2, TLS 1.1 where it has TLS 1.2 or 1.3 and chose less. Nullopt where it tells nothing.
  std::optional<Version> downgrade_mark() const;
};

/// What a key exchange of TLS 1.2 and below told.
struct ServerKeyExchange {
  std::optional<Group> group;  // named curve; 0xff01 and 0xff02 for explicit ones
  Bytes dh_prime;              // big-endian, without leading zeroes; empty where it is no finite-field exchange
  Bytes dh_generator;
  std::optional<SignatureScheme> signature;  // TLS 1.2 alone says it

  /// Bits of the prime; 0 where there is none.
  int dh_bits() const;
};

struct CertificateRequest {
  std::vector<std::uint8_t> certificate_types;  // TLS 1.2 and below
  std::vector<SignatureScheme> signatures;      // TLS 1.2 and 1.3
  std::vector<Bytes> authorities;               // distinguished names in DER
};

struct Alert {
  static constexpr std::uint8_t kWarning = 1, kFatal = 2;
  std::uint8_t level = 0;  // kWarning or kFatal
  std::uint8_t description = 0;
  friend bool operator==(const Alert&, const Alert&) = default;
};
/// "handshake_failure" (IANA "TLS Alerts"); "alert 200" for an unknown number.
std::string name(Alert alert);

// Bodies of messages, without their 4 bytes of header. Nullopt where they are malformed.
std::optional<ServerHello> parse_server_hello(View body);
/// Certificates in DER, as sent. `tls13`: with a context in front and extensions behind each.
std::optional<std::vector<Bytes>> parse_certificate(View body, bool tls13 = false);
/// The extensions of the first certificate in a Certificate message of TLS 1.3; none where there is no certificate.
std::optional<std::vector<Extension>> parse_leaf_extensions(View body);
/// The stapled OCSP response in DER (RFC 6066, 8).
std::optional<Bytes> parse_certificate_status(View body);
/// For the suite that the ServerHello chose; a suite without a server key exchange, or with one that we do not know
/// (SRP, GOST, unlisted numbers), gives an empty one.
std::optional<ServerKeyExchange> parse_server_key_exchange(View body, CipherSuite suite, Version version);
/// A list may be empty here, though the standards want entries: an empty list is read as such.
std::optional<CertificateRequest> parse_certificate_request(View body, Version version);
/// Two bytes; nullopt also for a level that is neither warning nor fatal.
std::optional<Alert> parse_alert(View body);

}  // namespace tlsward::tls::wire
