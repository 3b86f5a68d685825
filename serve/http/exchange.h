// One request and its response, whatever the version of HTTP: what the proxy core sees of a connection.
//
// Both sides of the proxy are a pair of a body that is read and a body that is written, so that one piece of code can
// pump either way. Failures are net::Failure: TimedOut (a deadline), Reset or Closed (the peer is gone, or reset the
// stream), Protocol (it broke HTTP; `message` says how), Interrupted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/transport.h"
#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// The body of a message that comes in. After a switch of protocols: the bytes of the tunnel.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  /// Gives what is there, at least one byte; 0: the body has ended, and `trailers` is complete. `into` has room.
  virtual Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) = 0;
  /// read_body would not wait: bytes, the end or a failure are there already.
  virtual bool body_ready() const = 0;
  /// Trailer fields; empty before the end.
  virtual const Fields& trailers() const = 0;
};

/// The body of a message that goes out. After a switch of protocols: the bytes of the tunnel.
class BodyWriter {
 public:
  virtual ~BodyWriter() = default;
  /// Takes all of `bytes`; waits where the peer (or its flow control) does not take them. May keep some back.
  virtual Task<net::Outcome<Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) = 0;
  /// Sends what was kept back, the head included.
  virtual Task<net::Outcome<Nothing>> flush(net::Deadline deadline) = 0;
  /// Ends the message, with trailers where there are any and the version can carry them, and flushes. In a tunnel: this
  /// side says no more, the other may go on.
  virtual Task<net::Outcome<Nothing>> finish(const Fields& trailers, net::Deadline deadline) = 0;
  /// The message will not be complete, and the peer shall see that: RST_STREAM, or the connection is closed. A message
  /// that was finished is not touched.
  virtual void abort() = 0;
};

/// A request that came in, and the response to it. Objects of connections; valid while the handler runs.
class ServerExchange : public BodyReader, public BodyWriter {
 public:
  virtual const RequestHead& request() const = 0;
  /// A response before the response: 100, 103. Not for a client of HTTP/1.0: then nothing is sent.
  virtual Task<net::Outcome<Nothing>> write_interim(const ResponseHead& head, net::Deadline deadline) = 0;
  /// Once, before the body. It may be kept back until flush, or until enough of the body is there. `head` says whether
  /// a body follows; without a length HTTP/1.1 sends chunks, and to a client of HTTP/1.0 closes at the end. Status 101
  /// with `upgrade` (HTTP/2: 200) makes a tunnel of the rest.
  virtual Task<net::Outcome<Nothing>> write_head(const ResponseHead& head, net::Deadline deadline) = 0;
  /// The status that tells the client what was wrong with its body after read_body failed: 400, 408 or 413. 0 where no
  /// answer would be heard.
  virtual int failure_status() const = 0;
  /// A head was written; the response can be no other any more.
  virtual bool responded() const = 0;
};

/// A request that goes out, and the response to it. Owned by who asked for it; may outlive its connection, and
/// then may fail with Closed.
class ClientExchange : public BodyReader, public BodyWriter {
 public:
  /// Once, before the body.
  virtual Task<net::Outcome<Nothing>> write_head(const RequestHead& head, net::Deadline deadline) = 0;
  /// The next head of the response: any number of interim ones (status below 200, but not 101) and the final one.
  virtual Task<net::Outcome<ResponseHead>> read_head(net::Deadline deadline) = 0;
  /// Nothing of the request can have been processed, so that it may be sent again (RFC 9110, 9.2.2; RFC 9113, 8.7): the
  /// connection was closed before a byte of the response, or the stream was refused.
  virtual bool untouched() const = 0;
};

/// Answers one request. It must end each exchange by finish or abort.
using ExchangeHandler = std::function<Task<void>(ServerExchange&)>;

/// An inbound connection after its handshake.
class ServerConnection {
 public:
  virtual ~ServerConnection() = default;
  /// Takes requests until the client, an error, a limit or `drain` ends it; closes in good order (what is wrong with a
  /// request is answered, then `net::Transport::close_gracefully`). Requests of HTTP/2 go side by side.
  virtual Task<void> run() = 0;
  /// Takes no new requests: HTTP/2 says GOAWAY, HTTP/1.1 says `Connection: close` with the next response, or closes at
  /// once where it is idle. `run` ends when those in flight have ended.
  virtual void drain() = 0;
};

/// `transport` and `limits` outlive the connection; `scheme` ("https") is what requests without one get.
std::unique_ptr<ServerConnection> make_http1_server(net::Transport& transport, const HttpLimits& limits,
                                                    std::string scheme, ExchangeHandler handler);
std::unique_ptr<ServerConnection> make_http2_server(net::Transport& transport, const HttpLimits& limits,
                                                    std::string scheme, ExchangeHandler handler);

/// An outbound connection after its handshake. Owns its transport.
class ClientConnection {
 public:
  virtual ~ClientConnection() = default;
  /// Begins an exchange; null where `free_slots` is 0.
  virtual std::unique_ptr<ClientExchange> begin() = 0;
  /// How many exchanges may begin now: HTTP/1.1 one at a time, HTTP/2 as many as the peer allows. 0 also where it can
  /// be used no more.
  virtual std::size_t free_slots() const = 0;
  /// It can be used, now or later: not closed, no GOAWAY, no error. An idle HTTP/1.1 connection whose peer has closed
  /// it, or has sent bytes that nobody asked for, is not.
  virtual bool usable() const = 0;
  /// No exchange is under way.
  virtual bool idle() const = 0;
};

std::unique_ptr<ClientConnection> make_http1_client(net::Transport transport, const HttpLimits& limits);
std::unique_ptr<ClientConnection> make_http2_client(net::Transport transport, const HttpLimits& limits);

}  // namespace tlsward::serve
