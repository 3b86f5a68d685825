// The two tasks of a connection.
//
// The reader holds a buffer only while there is something to read, so that an idle connection is small. It does not
// read on while too much waits to go out: whatever a peer asks for, what it is owed stays bounded. Bodies are bounded
// by the windows, which open as they are read.
#include <nghttp2/nghttp2.h>

#include <string>
#include <utility>

#include "serve/http/http2_session.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kInput = 16 * 1024;
constexpr std::size_t kOutput = 32 * 1024;      // gathered for one write
constexpr std::size_t kMaxWaitingFrames = 512;  // without DATA, before the reader waits
constexpr std::chrono::milliseconds kLastGoaway{100};
constexpr std::chrono::milliseconds kLinger{1000};

}  // namespace

Task<void> Http2Session::run() {
  if (over_) co_return;
  running_.spawn(write_all());
  co_await read_all();
  co_await running_.join();
}

Task<void> Http2Session::read_all() {
  std::unique_ptr<std::uint8_t[]> buffer;
  for (;;) {
    if (!transport_.has_pending()) {
      buffer.reset();
      const bool goes_on = co_await wait_for_input();
      if (!goes_on) break;
    }
    if (!buffer) buffer = std::make_unique_for_overwrite<std::uint8_t[]>(kInput);
    const std::span<std::uint8_t> room(buffer.get(), kInput);
    // A piece of a TLS record alone is nothing to read yet.
    const net::Deadline deadline = read_deadline();
    auto got = co_await transport_.read_some(room, deadline);
    if (!got && got.error().kind == net::Failure::Kind::TimedOut) {
      end_if_late();
      continue;
    }
    if (!got || *got == 0) break;
    // Behind the end of the session only the end of the connection is waited for.
    if (over_) continue;
    take_input(room.first(*got));
    const net::Deadline never = net::Deadline::max();
    co_await wait_for_room(never);
  }
  reader_over_ = true;
  writable_.notify();
}

/// False: the connection is closed, or broken.
Task<bool> Http2Session::wait_for_input() {
  for (;;) {
    const net::Deadline deadline = read_deadline();
    auto there = co_await transport_.readable(deadline);
    if (there) co_return true;
    if (there.error().kind != net::Failure::Kind::TimedOut) co_return false;
    end_if_late();
  }
}

net::Deadline Http2Session::read_deadline() const {
  if (terminated_ || over_) return net::Deadline::max();
  if (incomplete_since_) return *incomplete_since_ + limits_.head_timeout;
  if (!streams_.server) return net::Deadline::max();
  // With streams there, it is looked at again after as long as the last of them may leave the connection idle.
  if (!streams_.open.empty()) return net::Clock::now() + limits_.idle_timeout;
  return streams_.idle_since + limits_.idle_timeout;
}

void Http2Session::end_if_late() {
  if (terminated_ || over_) return;
  const auto now = net::Clock::now();
  if (incomplete_since_) {
    if (now >= *incomplete_since_ + limits_.head_timeout) terminate(Http2Error::EnhanceYourCalm);
    return;
  }
  const bool idle = streams_.server && streams_.open.empty();
  if (idle && now >= streams_.idle_since + limits_.idle_timeout) terminate(Http2Error::NoError);
}

void Http2Session::take_input(std::span<const std::uint8_t> bytes) {
  const auto now = net::Clock::now();
  received_ += bytes.size();
  bool on_closed_stream = false;
  scanner_.feed(bytes, [&](const Http2FrameHeader& frame) {
    streams_.guard.note_frame(frame, now);
    if (streams_.server && !peer_streams_.take(frame)) on_closed_stream = true;
  });
  note_progress();
  if (nghttp2_session_mem_recv(engine_.get(), bytes.data(), bytes.size()) < 0)
    terminate(Http2Error::ProtocolError);
  else if (on_closed_stream)
    terminate(Http2Error::StreamClosed);
  else if (streams_.guard.is_flooded())
    terminate(Http2Error::EnhanceYourCalm);
  hand_over_requests();
  if (nghttp2_session_want_read(engine_.get()) == 0 || nghttp2_session_want_write(engine_.get()) != 0)
    writable_.notify();
}

void Http2Session::note_progress() {
  if (!scanner_.is_incomplete())
    incomplete_since_.reset();
  else if (!incomplete_since_ || completed_ != scanner_.completed())
    incomplete_since_ = net::Clock::now();
  completed_ = scanner_.completed();
}

void Http2Session::hand_over_requests() {
  while (!streams_.requests.empty()) {
    StreamPtr request = std::move(streams_.requests.front());
    streams_.requests.pop_front();
    if (!request->closed && !terminated_) on_request_(std::move(request));
  }
}

/// False: the deadline passed, or the loop was interrupted.
Task<bool> Http2Session::wait_for_room(net::Deadline deadline) {
  while (!over_ && nghttp2_session_get_outbound_queue_size(engine_.get()) > kMaxWaitingFrames) {
    const bool woken = co_await written_.wait_until(deadline);
    if (!woken) co_return false;
  }
  co_return true;
}

void Http2Session::terminate(Http2Error error) {
  if (std::exchange(terminated_, true)) return;
  nghttp2_session_terminate_session(engine_.get(), static_cast<std::uint32_t>(error));
  writable_.notify();
}

Task<void> Http2Session::write_all() {
  for (;;) {
    auto sent = co_await write_what_waits();
    if (!sent || has_nothing_to_do()) break;
    const bool woken = co_await writable_.wait_until(last_goaway_at_);
    if (transport_.loop().interrupted()) break;
    if (!woken) say_last_goaway();
  }
  close_streams();
  co_await say_goodbye();
  transport_.close();
}

Task<net::Outcome<Nothing>> Http2Session::write_what_waits() {
  std::string output;
  for (;;) {
    output.clear();
    const std::uint8_t* bytes = nullptr;
    ssize_t size = 0;
    while (output.size() < kOutput && (size = nghttp2_session_mem_send(engine_.get(), &bytes)) > 0)
      output.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    written_.notify();
    if (size < 0) co_return net::Failure{net::Failure::Kind::Local, "no memory is left"};
    if (output.empty()) co_return Nothing{};
    const std::span<const std::uint8_t> gathered(reinterpret_cast<const std::uint8_t*>(output.data()), output.size());
    const net::Deadline deadline = net::Clock::now() + limits_.write_timeout;
    writing_ = true;
    auto sent = co_await transport_.write_all(gathered, deadline);
    writing_ = false;
    if (!sent) co_return sent;
  }
}

bool Http2Session::has_nothing_to_do() const {
  if (stopped_ || reader_over_) return true;
  return nghttp2_session_want_read(engine_.get()) == 0 && nghttp2_session_want_write(engine_.get()) == 0;
}

/// The peer shall hear the last words: its own end is waited for, which the reader sees.
Task<void> Http2Session::say_goodbye() {
  const net::Deadline deadline = net::Clock::now() + kLinger;
  auto ended = co_await transport_.end_writing(deadline);
  if (!ended) co_return;
  while (streams_.server && !reader_over_ && !stopped_) {
    const bool woken = co_await writable_.wait_until(deadline);
    if (!woken) co_return;
  }
}

void Http2Session::drain() {
  if (over_ || terminated_ || std::exchange(draining_, true)) return;
  nghttp2_submit_shutdown_notice(engine_.get());
  last_goaway_at_ = net::Clock::now() + kLastGoaway;
  writable_.notify();
}

/// Requests that were on their way when the first GOAWAY was sent are still taken (RFC 9113, 6.8).
void Http2Session::say_last_goaway() {
  last_goaway_at_ = net::Deadline::max();
  nghttp2_submit_goaway(engine_.get(), NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(engine_.get()),
                        NGHTTP2_NO_ERROR, nullptr, 0);
}

void Http2Session::stop() {
  if (std::exchange(stopped_, true)) return;
  if (!over_) {
    terminate(Http2Error::NoError);
    close_streams();
  }
  if (writing_) transport_.close();
  writable_.notify();
}

}  // namespace tlsward::serve
