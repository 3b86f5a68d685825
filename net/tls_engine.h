// A TLS client connection of OpenSSL's without a transport: bytes in, bytes out. Private to net/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "net/handshake_watcher.h"
#include "net/ssl_ptr.h"
#include "net/tls_client.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {

class TlsEngine {
 public:
  /// What a step needs next.
  enum class Step : std::uint8_t { Done, Input, Failed };

  explicit TlsEngine(const HandshakeOptions& options);
  TlsEngine(const TlsEngine&) = delete;
  TlsEngine& operator=(const TlsEngine&) = delete;

  /// Goes on with the handshake. Done: it is finished. Where OpenSSL cannot even write a ClientHello `not_possible` is
  /// set, and there is nothing to send.
  Step shake_hands();
  /// Reads what the server sent after the handshake: tickets, alerts, and up to 4 KiB of the reply. Done: the reply has
  /// begun. Failed: the server closed, or broke off.
  Step listen();
  /// Encrypts `text`. False where OpenSSL failed.
  bool say(const std::string& text);
  /// Encrypts close_notify after a handshake that was finished.
  void say_goodbye();

  /// What is to be sent, once.
  tls::wire::Bytes take_output();
  /// What the server sent.
  void give_input(tls::wire::View bytes);
  std::size_t input_size() const { return input_size_; }
  /// The server has said something since the handshake.
  bool heard_after() const { return watcher_.heard_after(); }

  /// What is known so far.
  Handshake& told() { return told_; }

 private:
  static SslContextPtr make_context();
  static int keep_session(SSL* ssl, SSL_SESSION* session);
  static int allow(const SSL* ssl, const SSL_CTX* context, int what, int bits, int nid, void* object, void* argument);
  bool send_early_data(const tls::wire::Bytes& data);
  Step judge(int returned);
  void note_failure();
  void note_finished();
  void note_session(SslSessionPtr session);

  Handshake told_;
  HandshakeWatcher watcher_{told_};
  SslPtr ssl_;
  tls::wire::Bytes early_data_;
  std::string refused_;  // why this side broke off
  std::size_t input_size_ = 0;
};

}  // namespace tlsward::net
