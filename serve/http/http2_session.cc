// The streams of a connection; http2_session_run.cc reads and writes them.
#include "serve/http/http2_session.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

constexpr std::size_t kMaxWaiting = 64 * 1024;  // of a body, before send_body waits
constexpr std::size_t kPreface = NGHTTP2_CLIENT_MAGIC_LEN;

}  // namespace

Http2Session::Http2Session(net::Transport& transport, const HttpLimits& limits,
                           std::function<void(StreamPtr)> on_request)
    : transport_(transport),
      limits_(limits),
      on_request_(std::move(on_request)),
      streams_(transport.loop(), limits, on_request_ != nullptr),
      engine_(make_http2_engine(streams_)),
      scanner_(streams_.server ? kPreface : 0),
      writable_(transport.loop()),
      written_(transport.loop()),
      over_(engine_ == nullptr) {}

Http2Session::~Http2Session() = default;

bool Http2Session::is_usable() const {
  return !over_ && !terminated_ && !streams_.goaway && nghttp2_session_check_request_allowed(engine_.get()) != 0;
}

std::size_t Http2Session::max_streams() const {
  return nghttp2_session_get_remote_settings(engine_.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
}

bool Http2Session::takes_extended_connect() const {
  return nghttp2_session_get_remote_settings(engine_.get(), NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL) == 1;
}

net::Failure Http2Session::wait_failure() const {
  if (streams_.loop.interrupted()) return {Kind::Interrupted, "interrupted"};
  return {Kind::TimedOut, "timed out"};
}

std::optional<net::Failure> Http2Session::failure_of(const Http2Stream& stream) const {
  if (stream.too_large) return net::Failure{Kind::Protocol, "a head or the trailers take too many bytes"};
  if (stream.closed && stream.error_code != NGHTTP2_NO_ERROR)
    return net::Failure{Kind::Reset, std::string("the stream was reset: ") + nghttp2_http2_strerror(stream.error_code)};
  if (stream.reset_here) return net::Failure{Kind::Closed, "the stream was given up"};
  if (!stream.closed) return {};
  if (streams_.error_to_peer != NGHTTP2_NO_ERROR)
    return net::Failure{Kind::Protocol, std::string("the peer broke the rules of HTTP/2: ") +
                                            nghttp2_http2_strerror(streams_.error_to_peer)};
  if (streams_.error_from_peer != NGHTTP2_NO_ERROR)
    return net::Failure{Kind::Closed, std::string("the peer gave the connection up: ") +
                                          nghttp2_http2_strerror(streams_.error_from_peer)};
  return net::Failure{Kind::Closed, "the stream is closed"};
}

Task<net::Outcome<Nothing>> Http2Session::wait_for_settings(net::Deadline deadline) {
  while (!streams_.has_settings) {
    if (over_) co_return net::Failure{Kind::Closed, "the connection is over"};
    const bool changed = co_await streams_.greeted.wait_until(deadline);
    if (!changed) co_return wait_failure();
  }
  co_return Nothing{};
}

Http2Session::StreamPtr Http2Session::send_request(const Fields& fields, bool ends) {
  if (!is_usable()) return nullptr;
  const std::int32_t id = submit_request(*engine_, fields, ends);
  if (id < 0) return nullptr;
  auto stream = std::make_shared<Http2Stream>(streams_.loop);
  stream->id = id;
  streams_.open[id] = stream;
  writable_.notify();
  return stream;
}

bool Http2Session::send_response(Http2Stream& stream, const Fields& fields, bool ends) {
  if (stream.closed || stream.reset_here) return false;
  writable_.notify();
  return submit_response(*engine_, stream, fields, ends);
}

Task<net::Outcome<Nothing>> Http2Session::send_interim(Http2Stream& stream, Fields fields, net::Deadline deadline) {
  const bool room = co_await wait_for_room(deadline);
  if (auto failure = failure_of(stream)) co_return std::move(*failure);
  if (!room) co_return wait_failure();
  if (!submit_interim(*engine_, stream, fields)) co_return net::Failure{Kind::Local, "no memory is left"};
  writable_.notify();
  co_return Nothing{};
}

Task<net::Outcome<Nothing>> Http2Session::send_body(Http2Stream& stream, std::span<const std::uint8_t> bytes,
                                                    net::Deadline deadline) {
  for (;;) {
    if (auto failure = failure_of(stream)) co_return std::move(*failure);
    if (stream.waiting.size() < kMaxWaiting) break;
    const bool changed = co_await stream.changed.wait_until(deadline);
    if (!changed) co_return wait_failure();
  }
  stream.waiting.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  nghttp2_session_resume_data(engine_.get(), stream.id);
  writable_.notify();
  co_return Nothing{};
}

bool Http2Session::may_send(const Http2Stream& stream) const {
  return nghttp2_session_get_remote_window_size(engine_.get()) > 0 &&
         nghttp2_session_get_stream_remote_window_size(engine_.get(), stream.id) > 0;
}

Task<net::Outcome<Nothing>> Http2Session::flush(Http2Stream& stream, net::Deadline deadline) {
  while (!stream.waiting.empty() && may_send(stream)) {
    const bool written = co_await written_.wait_until(deadline);
    if (!written) co_return wait_failure();
  }
  if (auto failure = failure_of(stream)) co_return std::move(*failure);
  co_return Nothing{};
}

Task<net::Outcome<Nothing>> Http2Session::finish(Http2Stream& stream, Fields trailers, net::Deadline deadline) {
  if (!stream.closed && !stream.finished) {
    stream.finished = true;
    stream.trailers_out = std::move(trailers);
    nghttp2_session_resume_data(engine_.get(), stream.id);
    writable_.notify();
  }
  while (!stream.output_ended) {
    if (auto failure = failure_of(stream)) co_return std::move(*failure);
    const bool changed = co_await stream.changed.wait_until(deadline);
    if (!changed) co_return wait_failure();
  }
  co_return Nothing{};
}

Task<net::Outcome<std::size_t>> Http2Session::read_body(Http2Stream& stream, std::span<std::uint8_t> into,
                                                        net::Deadline deadline) {
  while (stream.body.empty()) {
    if (stream.ended && !stream.too_large) co_return std::size_t{0};
    if (auto failure = failure_of(stream)) co_return std::move(*failure);
    const bool changed = co_await stream.changed.wait_until(deadline);
    if (!changed) co_return wait_failure();
  }
  const std::size_t size = std::min(into.size(), stream.body.size());
  std::memcpy(into.data(), stream.body.data(), size);
  stream.body.erase(0, size);
  if (over_) co_return size;
  nghttp2_session_consume(engine_.get(), stream.id, size);
  if (nghttp2_session_want_write(engine_.get()) != 0) writable_.notify();
  co_return size;
}

void Http2Session::reset(Http2Stream& stream, Http2Error error) {
  if (over_) return;
  submit_reset(*engine_, stream, error);
  stream.changed.notify();
  writable_.notify();
}

void Http2Session::abandon(Http2Stream& stream) {
  stream.abandoned = true;
  if (over_) return;
  nghttp2_session_consume(engine_.get(), stream.id, stream.body.size());
  stream.body = std::string();
  if (streams_.server && stream.output_ended && !stream.ended) submit_reset(*engine_, stream, Http2Error::NoError);
  writable_.notify();
}

void Http2Session::close_streams() {
  over_ = true;
  for (const auto& [id, stream] : std::exchange(streams_.open, {})) {
    stream->closed = true;
    stream->waiting.clear();
    stream->changed.notify();
  }
  streams_.requests.clear();
  streams_.greeted.notify();
  written_.notify();
}

}  // namespace tlsward::serve
