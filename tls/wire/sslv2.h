// SSL 2.0, from Netscape's specification of 1995 (RFC 6101, appendix E, has its hello). Only to see whether a server
// still speaks it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tls/wire/bytes.h"

namespace tlsward::tls::wire {

/// A cipher kind of SSL 2.0: three bytes.
struct Sslv2Cipher {
  std::uint32_t code = 0;
  friend auto operator<=>(const Sslv2Cipher&, const Sslv2Cipher&) = default;
};
/// The seven kinds of the specification, and RC4_64_WITH_MD5, which SSLeay added.
const std::vector<Sslv2Cipher>& sslv2_ciphers();
/// "SSL_CK_RC4_128_WITH_MD5"; "0x0a0080" for an unknown number.
std::string name(Sslv2Cipher cipher);
/// OpenSSL's name: "RC4-MD5"; empty where it has none.
std::string_view openssl_name(Sslv2Cipher cipher);
/// Strength of the encryption in bits: 128, 112, 64, 56 or 40; 0 for an unknown number.
int bits(Sslv2Cipher cipher);

/// CLIENT-HELLO with all kinds, in a record with a two-byte header. `challenge`: 16 to 32 bytes.
Bytes write_sslv2_client_hello(View challenge);

struct Sslv2ServerHello {
  bool session_hit = false;
  std::uint16_t version = 0;
  Bytes certificate;  // DER; may be empty
  std::vector<Sslv2Cipher> ciphers;
};
/// What the bytes so far are.
enum class Sslv2State : std::uint8_t { More, Hello, Error, NotSslv2 };
struct Sslv2Answer {
  Sslv2State state = Sslv2State::More;
  std::optional<Sslv2ServerHello> hello;
  std::uint16_t error = 0;  // Error: 1 no cipher, 2 no certificate, 4 bad certificate, 6 unsupported type
};
/// Reads the record at the front of `bytes`. NotSslv2 includes a TLS alert or record, and an SSL 2.0 message that is
/// malformed. Reads at most 32,769 bytes, the longest record with its header.
Sslv2Answer parse_sslv2_answer(View bytes);

}  // namespace tlsward::tls::wire
