// The record layer: what stands in the five bytes in front of everything (RFC 8446, 5.1).
#pragma once

#include <cstddef>
#include <cstdint>

namespace tlsward::tls::wire::record {

/// Content types (IANA "TLS ContentType").
inline constexpr std::uint8_t kChangeCipherSpec = 20;
inline constexpr std::uint8_t kAlert = 21;
inline constexpr std::uint8_t kHandshake = 22;
inline constexpr std::uint8_t kApplicationData = 23;
inline constexpr std::uint8_t kHeartbeat = 24;  // RFC 6520

/// Type, version and length.
inline constexpr std::size_t kHeader = 5;
/// Bytes that a sender may put into one record: 2^14 (RFC 8446, 5.1).
inline constexpr std::size_t kMaxPlaintext = 16'384;
/// Bytes that a receiver takes in one record: 2^14 + 256 (RFC 8446, 5.2).
inline constexpr std::size_t kMaxCiphertext = 16'640;

}  // namespace tlsward::tls::wire::record
