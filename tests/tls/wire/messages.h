// What servers send, put together by hand: records, messages and whole flights for the tests of tls/wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tls/cipher_suite.h"
#include "tls/version.h"
#include "tls/wire/bytes.h"
#include "tls/wire/handshake.h"

namespace tlsward::tests::wire {

using tls::wire::Bytes;
using tls::wire::View;

/// Bytes from hexadecimal digits; spaces are skipped.
Bytes hex(std::string_view digits);
Bytes operator+(Bytes left, const Bytes& right);
Bytes record(std::uint8_t type, const Bytes& body, tls::Version version = tls::kTls12);
/// A handshake message with its header.
Bytes message(std::uint8_t type, const Bytes& body);
/// `messages` cut into records of at most `size` bytes.
Bytes in_records_of(std::size_t size, const Bytes& messages, tls::Version version = tls::kTls12);

inline constexpr std::uint8_t kChangeCipherSpec = 20, kAlert = 21, kHandshake = 22, kApplicationData = 23;

// Bodies of messages.
Bytes server_hello(tls::Version version, tls::CipherSuite suite,
                   const std::vector<tls::wire::Extension>& extensions = {});
Bytes certificate(const std::vector<Bytes>& chain);
Bytes certificate_status(const Bytes& response);
/// P-256, a point of 65 bytes, rsa_pss_rsae_sha256.
Bytes ecdhe_key_exchange();
Bytes certificate_request();

/// A body of a message of the flight below, with its type.
struct Message {
  std::uint8_t type;
  Bytes body;
};
/// TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: every message that FlightReader knows, in order.
std::vector<Message> tls12_messages();
/// The same, as handshake bytes.
Bytes tls12_flight();

/// A TLS 1.3 ServerHello that chose X25519, as a message.
Bytes tls13_hello();

inline constexpr tls::CipherSuite kEcdheRsa{0xC02F};   // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
inline constexpr tls::CipherSuite kAes128Gcm{0x1301};  // TLS_AES_128_GCM_SHA256

// Flights of real servers.
/// OpenSSL 3.0, TLS 1.2, TLS_ECDH_anon_WITH_AES_128_CBC_SHA: a warning (unrecognized_name), then three records.
Bytes openssl_anonymous_flight();
/// OpenSSL 3.0, TLS 1.3: HelloRetryRequest for X25519, then ChangeCipherSpec.
Bytes openssl_retry_flight();
/// GnuTLS 3.7, TLS 1.0, TLS_ECDH_anon_WITH_AES_128_CBC_SHA with P-256.
Bytes gnutls_anonymous_flight();

}  // namespace tlsward::tests::wire
