// Reads a handshake of OpenSSL's over its shoulder. Private to net/.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>

#include "net/tls_client.h"
#include "tls/wire/handshake.h"

namespace tlsward::net {

/// Notes what the server's messages and alerts say, by the parsers that a hello's answer is read with, whatever becomes
/// of the handshake. Must outlive the connection.
class HandshakeWatcher {
 public:
  explicit HandshakeWatcher(Handshake& into) : told_(into) {}
  HandshakeWatcher(const HandshakeWatcher&) = delete;
  HandshakeWatcher& operator=(const HandshakeWatcher&) = delete;

  /// Has OpenSSL report to this watcher.
  void watch(SSL* ssl);
  /// This side has written its ClientHello.
  bool has_begun() const { return has_begun_; }
  /// Something of the server's came after its Finished: a ticket, an alert.
  bool heard_after() const { return heard_after_; }

 private:
  static void report(int write, int version, int type, const void* bytes, size_t size, SSL* ssl, void* watcher);
  void alert(tls::wire::View bytes);
  void message(std::uint8_t type, tls::wire::View body);
  void hello(tls::wire::View body);
  void certificate(tls::wire::View body);
  void ticket(tls::wire::View body);

  Handshake& told_;
  bool has_begun_ = false, heard_after_ = false;
};

}  // namespace tlsward::net
