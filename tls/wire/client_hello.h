// ClientHello of SSL 3.0 to TLS 1.3 (RFC 6101, 5.6.1.2; RFC 5246, 7.4.1.2; RFC 8446, 4.1.2).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "tls/cipher_suite.h"
#include "tls/version.h"
#include "tls/wire/bytes.h"
#include "tls/wire/extension.h"

namespace tlsward::tls::wire {

struct ClientHello {
  /// client_version; TLS 1.3 says TLS 1.2 here and the truth in supported_versions.
  Version legacy_version = kTls12;
  std::array<std::uint8_t, 32> random{};
  Bytes session_id;  // at most 32 bytes
  std::vector<CipherSuite> suites;
  std::vector<std::uint8_t> compressions{0};  // null; 1: DEFLATE (RFC 3749)
  std::vector<Extension> extensions;          // none: the extensions block is left out, as SSL 3.0 wants it
};

/// The handshake message, header included: what a transcript hash takes.
Bytes write(const ClientHello& hello);
/// The message in as few plaintext records as it needs. `record_version`: TLS 1.0 is what clients send first (RFC 8446,
/// 5.1); SSL 3.0 for a hello of SSL 3.0.
Bytes write_records(const ClientHello& hello, Version record_version = kTls10);

/// Reads the body of a ClientHello message (without the 4 bytes of header). Nullopt where it is malformed: lengths that
/// do not fit, an odd list of suites, bytes behind the end.
std::optional<ClientHello> parse_client_hello(View body);

}  // namespace tlsward::tls::wire
