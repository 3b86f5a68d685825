// A connection of HTTP/2, either side: one task reads, one writes, and exchanges use its streams. Private to
// serve/http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"
#include "net/transport.h"
#include "serve/http/http2_engine.h"
#include "serve/http/http2_frame_scanner.h"
#include "serve/http/http2_peer_streams.h"
#include "serve/http/http2_stream.h"
#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

class Http2Session {
 public:
  using StreamPtr = std::shared_ptr<Http2Stream>;

  /// `transport` and `limits` outlive it. A server hands each request to `on_request` once its fields are there; a
  /// client gives none.
  Http2Session(net::Transport& transport, const HttpLimits& limits, std::function<void(StreamPtr)> on_request);
  ~Http2Session();
  Http2Session(const Http2Session&) = delete;
  Http2Session& operator=(const Http2Session&) = delete;

  /// Reads and writes until the connection is over and closed; all streams are closed then.
  Task<void> run();
  /// Takes no new streams; `run` ends when those that are there have ended (RFC 9113, 6.8).
  void drain();
  /// Closes all streams now and the connection soon: GOAWAY goes out where the peer takes it at once.
  void stop();

  /// No stream can be used any more.
  bool is_over() const { return over_; }
  /// New streams can be opened, now or later (client).
  bool is_usable() const;
  /// How many streams the peer takes at once, beside this side's own limit (client).
  std::size_t max_streams() const;
  std::size_t open_streams() const { return streams_.open.size(); }
  /// Bytes that have come so far.
  std::uint64_t received() const { return received_; }
  /// Waits for the peer's first SETTINGS. Failures: Closed, TimedOut, Interrupted.
  Task<net::Outcome<Nothing>> wait_for_settings(net::Deadline deadline);
  /// The peer takes extended CONNECT (RFC 8441, 3). Known with its SETTINGS.
  bool takes_extended_connect() const;

  // What exchanges do with a stream, which they keep meanwhile. `ends`: no body follows.

  /// Opens one (client). Null where the session takes none any more.
  StreamPtr send_request(const Fields& fields, bool ends);
  /// False where the stream is closed.
  bool send_response(Http2Stream& stream, const Fields& fields, bool ends);
  /// Waits while too much waits to go out. Failures as of BodyWriter.
  Task<net::Outcome<Nothing>> send_interim(Http2Stream& stream, Fields fields, net::Deadline deadline);
  /// Keeps up to 64 KiB, then waits for the peer. Failures as of BodyWriter.
  Task<net::Outcome<Nothing>> send_body(Http2Stream& stream, std::span<const std::uint8_t> bytes,
                                        net::Deadline deadline);
  /// Waits until all is out that the windows allow.
  Task<net::Outcome<Nothing>> flush(Http2Stream& stream, net::Deadline deadline);
  /// Ends the body and waits until that has gone out.
  Task<net::Outcome<Nothing>> finish(Http2Stream& stream, Fields trailers, net::Deadline deadline);
  /// Failures as of BodyReader.
  Task<net::Outcome<std::size_t>> read_body(Http2Stream& stream, std::span<std::uint8_t> into, net::Deadline deadline);
  void reset(Http2Stream& stream, Http2Error error);
  /// Nobody reads or writes any more: bytes that were not read count as read. A request that goes on though its
  /// response is complete is cut off.
  void abandon(Http2Stream& stream);
  /// Why nothing can be done with a stream; nullopt where it is open.
  std::optional<net::Failure> failure_of(const Http2Stream& stream) const;

 private:
  Task<void> read_all();
  Task<bool> wait_for_input();
  void take_input(std::span<const std::uint8_t> bytes);
  void note_progress();
  void hand_over_requests();
  Task<bool> wait_for_room(net::Deadline deadline);
  net::Deadline read_deadline() const;
  void end_if_late();
  void terminate(Http2Error error);

  Task<void> write_all();
  Task<net::Outcome<Nothing>> write_what_waits();
  bool has_nothing_to_do() const;
  void say_last_goaway();
  void close_streams();
  Task<void> say_goodbye();
  bool may_send(const Http2Stream& stream) const;
  net::Failure wait_failure() const;

  net::Transport& transport_;
  const HttpLimits& limits_;
  std::function<void(StreamPtr)> on_request_;
  Http2Streams streams_;
  Http2Engine engine_;
  Http2FrameScanner scanner_;
  Http2PeerStreams peer_streams_;  // server
  net::Event writable_;            // wakes the writer
  net::Event written_;             // the writer has taken what there was
  std::uint64_t received_ = 0;
  std::uint64_t completed_ = 0;                             // of the scanner, when incomplete_since_ was set
  std::optional<net::Clock::time_point> incomplete_since_;  // something has begun to come in
  net::Deadline last_goaway_at_ = net::Deadline::max();     // while draining
  bool draining_ = false, terminated_ = false, stopped_ = false, over_ = false;
  bool writing_ = false, reader_over_ = false;
  TaskGroup running_;  // last: its task uses all of the above
};

}  // namespace tlsward::serve
