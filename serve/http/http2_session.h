// A connection of HTTP/2, either side: frames go through nghttp2, streams are what exchanges hold. Private to
// serve/http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"
#include "net/transport.h"
#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// One stream as both sides of the proxy see it. Shared by the session and the exchange.
struct Http2Stream {
  explicit Http2Stream(net::Loop& loop) : changed(loop) {}

  std::int32_t id = -1;
  net::Event changed;  // wakes whoever waits for anything below

  // In.
  Fields fields;  // of the block that is coming in
  std::size_t field_bytes = 0;
  bool too_large = false;    // the block takes more than the limits allow
  std::deque<Fields> heads;  // complete ones: a client's responses
  bool head_ends_stream = false;
  std::string body;  // not read yet
  Fields trailers;
  bool ended = false;

  // Out.
  std::string waiting;
  bool finished = false;  // nothing more comes
  Fields trailers_out;

  bool closed = false;
  std::uint32_t error_code = 0;  // of RST_STREAM, either way
};

/// What a side does when something has come in. Called after the frames of one read were taken, never inside nghttp2.
struct Http2Events {
  /// A request is complete up to its body (server).
  std::function<void(std::shared_ptr<Http2Stream>)> on_request;
};

class Http2Session {
 public:
  /// `transport`, `limits` outlive it.
  Http2Session(net::Transport& transport, const HttpLimits& limits, bool server, Http2Events events);
  ~Http2Session();
  Http2Session(const Http2Session&) = delete;
  Http2Session& operator=(const Http2Session&) = delete;

  /// Reads and writes until the connection is over; then all streams are closed.
  Task<void> run();
  /// No new streams; `run` ends when those that are there have ended.
  void drain();
  /// Ends at once.
  void stop();
  /// Nobody opens streams any more: ends at once where there are none, else with the last (client).
  void drain_or_stop();
  bool over() const { return over_; }
  bool draining() const { return draining_; }
  std::size_t streams() const { return streams_.size(); }
  /// Streams that may be opened now (client).
  std::size_t free_slots() const;
  /// The peer takes extended CONNECT (RFC 8441, 3).
  bool takes_extended_connect() const;

  // What exchanges do; failures as in exchange.h. `ends`: no body follows.

  /// Opens a stream (client). Null where the session takes none any more.
  std::shared_ptr<Http2Stream> send_request(const Fields& fields, bool ends);
  /// False where the stream is closed.
  bool send_response(Http2Stream& stream, const Fields& fields, bool ends);
  bool send_interim(Http2Stream& stream, const Fields& fields);
  Task<net::Outcome<net::Nothing>> send_body(std::shared_ptr<Http2Stream> stream, std::span<const std::uint8_t> bytes,
                                             net::Deadline deadline);
  void finish(Http2Stream& stream, const Fields& trailers);
  Task<net::Outcome<std::size_t>> read_body(std::shared_ptr<Http2Stream> stream, std::span<std::uint8_t> into,
                                            net::Deadline deadline);
  /// RST_STREAM with CANCEL (client) or INTERNAL_ERROR.
  void reset(Http2Stream& stream);
  /// The exchange is done with the stream: bytes that were not read count as read.
  void release(Http2Stream& stream);

 private:
  struct Callbacks;
  struct Impl;

  Task<void> read_all();
  Task<bool> wait_for_input();
  void hand_over_requests();
  Task<void> write_all();
  Task<net::Outcome<net::Nothing>> write_what_waits();
  Task<void> say_last_goaway();
  void wake_writer();
  void close_streams();
  net::Deadline read_deadline() const;

  net::Transport& transport_;
  const HttpLimits& limits_;
  bool server_;
  Http2Events events_;
  std::unique_ptr<Impl> impl_;
  std::map<std::int32_t, std::shared_ptr<Http2Stream>> streams_;
  std::deque<std::shared_ptr<Http2Stream>> requests_;  // complete, not handed over yet
  net::Event writable_;
  std::optional<net::Deadline> head_deadline_;  // while a block of fields is incomplete
  std::size_t opened_ = 0, resets_ = 0, empty_frames_ = 0;
  bool over_ = false;  // no streams any more
  bool draining_ = false, ends_with_last_ = false, reader_over_ = false, stopped_ = false;
  TaskGroup running_;  // last: its tasks use all of the above
};

}  // namespace tlsward::serve
