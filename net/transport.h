// A connected byte stream, plain or under TLS: what application protocols are spoken on.
#pragma once

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/ssl_ptr.h"
#include "net/stream.h"

namespace tlsward::net {

/// Move-only; closes with it, and goes away before its loop does. At most one read and one write at a time.
class Transport {
 public:
  struct Impl;
  /// Closed.
  Transport();
  /// Plain text.
  explicit Transport(Stream stream);
  /// `tls` is a fresh connection, of a server or a client (SSL_set_accept_state, SSL_set_connect_state). Nothing is
  /// sent before `handshake`.
  Transport(Stream stream, SslPtr tls);
  Transport(Transport&&) noexcept;
  Transport& operator=(Transport&&) noexcept;
  ~Transport();

  /// Shakes hands; nothing to do for plain text. Failures: TimedOut, Reset, Closed (the peer went away), Interrupted,
  /// Protocol (an alert of either side, or what OpenSSL says, in `message`). After a failure alerts have been sent.
  Task<Outcome<Nothing>> handshake(Deadline deadline);
  /// Reads what is there, at least one byte, into a span that has room; 0: the peer has ended its side (`truncated`
  /// tells how). What has come by now is given even after the deadline. Failures as above.
  Task<Outcome<std::size_t>> read_some(std::span<std::uint8_t> into, Deadline deadline);
  /// Waits until read_some has something to give, so that an idle connection needs no buffer. True where it has.
  Task<Outcome<Nothing>> readable(Deadline deadline);
  /// Decrypted bytes are there already.
  bool has_pending() const;
  /// Writes all of `bytes`. Failures as above.
  Task<Outcome<Nothing>> write_all(std::span<const std::uint8_t> bytes, Deadline deadline);
  /// Writes bytes beside TLS, where the handshake has failed: for a peer that does not speak it.
  Task<Outcome<Nothing>> write_plain(std::span<const std::uint8_t> bytes, Deadline deadline);
  /// This side says no more (close_notify, then FIN); reading goes on.
  Task<Outcome<Nothing>> end_writing(Deadline deadline);
  /// Ends writing and reads what the peer still sends, until it closes, for at most 64 KiB and until `deadline`: so
  /// that it sees the last bytes and alerts, which a reset would take from it. Then closes.
  Task<void> close_gracefully(Deadline deadline);
  /// Closes at once. `abort`: with a reset. A task that reads or writes fails with Closed.
  void close(bool abort = false);
  bool is_open() const;
  /// The peer's TCP connection ended without close_notify (RFC 8446, 6.1).
  bool truncated() const;
  /// An idle peer has closed, or sent something: asks the socket without taking anything.
  bool peer_stirred() const;
  /// Null for plain text.
  SSL* tls() const;
  /// Of the connection. Not of a default Transport.
  const Address& peer() const;
  Loop& loop();

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::net
