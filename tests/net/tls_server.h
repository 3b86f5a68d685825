// A TLS server of OpenSSL's in the test's own process.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <string>
#include <vector>

#include "pki/openssl_ptr.h"
#include "tls/wire/bytes.h"

namespace tlsward::test {

using ServerContextPtr = pki::OpenSslPtr<SSL_CTX, SSL_CTX_free>;
using ServerPtr = pki::OpenSslPtr<SSL, SSL_free>;

enum class WantsCertificate : std::uint8_t { No, Optional, Required };

/// How a server is set up. Security level 0 everywhere.
struct ServerSetup {
  /// PEM of certificate, key and chain; a second one of another kind of key where there are two.
  std::vector<std::string> identities{};
  int min_version = TLS1_VERSION, max_version = TLS1_3_VERSION;
  std::string suites{};  // of TLS 1.3; empty: OpenSSL's own
  std::string ciphers = "ALL";
  std::string groups{};  // empty: OpenSSL's own
  int dh_bits = 0;       // modulus of its own for Diffie-Hellman; 0: a group of RFC 3526
  std::vector<std::string> alpn{};
  tls::wire::Bytes ocsp_response{};
  tls::wire::Bytes scts{};
  WantsCertificate client_certificate = WantsCertificate::No;
  std::string client_authorities{};  // PEM; may be empty
  bool tickets = true;
  bool encrypt_then_mac = true;
  std::uint32_t max_early_data = 0;
  unsigned fragment = 0;        // bytes in a record at most; 0: 16,384
  std::size_t padding = 0;      // records of TLS 1.3 become multiples of this
  long session_lifetime = 300;  // seconds
};

/// The context of a server. Sessions are remembered in it.
class TlsServer {
 public:
  explicit TlsServer(ServerSetup setup);
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  /// A connection without a transport.
  ServerPtr connection() const;
  /// The bytes that a new connection answers `client` with.
  tls::wire::Bytes answer(tls::wire::View client) const;

 private:
  friend struct ServerCallbacks;
  ServerSetup setup_;
  ServerContextPtr context_;
};

/// A connection over memory: takes what a client sends, gives what the server answers.
class MemoryServer {
 public:
  explicit MemoryServer(const TlsServer& server);
  tls::wire::Bytes answer(tls::wire::View client);

 private:
  ServerPtr ssl_;
};

}  // namespace tlsward::test
