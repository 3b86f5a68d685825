// Windows are opened as bodies are read, so that memory is bounded by them: 64 KiB a stream, 1 MiB a connection.
#include "serve/http/http2_session.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>
#include <vector>

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

constexpr std::size_t kPiece = 16 * 1024;
constexpr std::size_t kMaxWaiting = 64 * 1024;  // of a stream, before write_body waits
constexpr std::size_t kOutput = 32 * 1024;      // gathered for one write
constexpr std::int32_t kConnectionWindow = 1 << 20;
constexpr std::uint32_t kStreamWindow = 65'535;
/// Resets beyond what was served, empty frames: more of them are an attack (CVE-2023-44487, CVE-2019-9518).
constexpr std::size_t kMaxResets = 200;
constexpr std::size_t kMaxEmptyFrames = 1000;
constexpr std::chrono::milliseconds kLastGoaway{100};
constexpr std::chrono::milliseconds kLinger{1000};

net::Failure closed_failure(const Http2Stream& stream) {
  if (stream.error_code != 0)
    return {Kind::Reset, std::string("the stream was reset: ") + nghttp2_http2_strerror(stream.error_code)};
  return {Kind::Closed, "the stream is closed"};
}

std::vector<nghttp2_nv> name_values(const Fields& fields) {
  std::vector<nghttp2_nv> list;
  for (const Field& field : fields) {
    list.push_back({reinterpret_cast<std::uint8_t*>(const_cast<char*>(field.name.data())),
                    reinterpret_cast<std::uint8_t*>(const_cast<char*>(field.value.data())), field.name.size(),
                    field.value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  return list;
}

struct SessionCloser {
  void operator()(nghttp2_session* session) const { nghttp2_session_del(session); }
};

}  // namespace

struct Http2Session::Impl {
  std::unique_ptr<nghttp2_session, SessionCloser> session;
};

struct Http2Session::Callbacks {
  static Http2Session& session_of(void* user_data) { return *static_cast<Http2Session*>(user_data); }

  static Http2Stream* find(void* user_data, std::int32_t id) {
    auto& streams = session_of(user_data).streams_;
    const auto found = streams.find(id);
    return found == streams.end() ? nullptr : found->second.get();
  }

  static int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
    Http2Session& self = session_of(user_data);
    self.head_deadline_ = net::Clock::now() + self.limits_.head_timeout;
    if (self.server_ && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
      auto stream = std::make_shared<Http2Stream>(self.transport_.loop());
      stream->id = frame->hd.stream_id;
      self.streams_[stream->id] = std::move(stream);
      ++self.opened_;
    }
    if (Http2Stream* stream = find(user_data, frame->hd.stream_id)) {
      stream->fields.clear();
      stream->field_bytes = 0;
    }
    return 0;
  }

  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                       const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user_data) {
    Http2Session& self = session_of(user_data);
    Http2Stream* stream = find(user_data, frame->hd.stream_id);
    if (stream == nullptr || stream->too_large) return 0;
    stream->field_bytes += name_size + value_size + 32;  // RFC 9113, 6.5.2
    if (stream->field_bytes > self.limits_.head_bytes || stream->fields.size() >= self.limits_.head_fields + 5) {
      stream->too_large = true;
      stream->fields.clear();
      return 0;
    }
    stream->fields.push_back({std::string(reinterpret_cast<const char*>(name), name_size),
                              std::string(reinterpret_cast<const char*>(value), value_size)});
    return 0;
  }

  static void take_head(Http2Session& self, Http2Stream& stream, const nghttp2_frame& frame) {
    const bool ends = (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    // Behind interim responses the final one is of the same category as trailers.
    const bool trailers = frame.headers.cat == NGHTTP2_HCAT_HEADERS &&
                          (self.server_ || stream.fields.empty() || stream.fields.front().name != ":status");
    if (trailers) {
      stream.trailers = std::move(stream.fields);
    } else {
      stream.heads.push_back(std::move(stream.fields));
      stream.head_ends_stream = ends;
      if (self.server_) self.requests_.push_back(self.streams_[stream.id]);
    }
    stream.fields.clear();
    if (ends) stream.ended = true;
  }

  static int on_frame_recv(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    Http2Session& self = session_of(user_data);
    Http2Stream* stream = find(user_data, frame->hd.stream_id);
    switch (frame->hd.type) {
      case NGHTTP2_HEADERS:
        self.head_deadline_.reset();
        if (stream != nullptr) take_head(self, *stream, *frame);
        break;
      case NGHTTP2_DATA:
        if (frame->hd.length == 0 && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) ++self.empty_frames_;
        if (stream != nullptr && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) stream->ended = true;
        break;
      case NGHTTP2_RST_STREAM:
        ++self.resets_;
        break;
      case NGHTTP2_GOAWAY:
        self.draining_ = self.draining_ || !self.server_;
        break;
      default:
        break;
    }
    if (stream != nullptr) stream->changed.notify();
    const bool calm = self.server_ && self.resets_ > kMaxResets && self.resets_ > self.opened_ / 2;
    if (calm || self.empty_frames_ > kMaxEmptyFrames)
      nghttp2_session_terminate_session(session, NGHTTP2_ENHANCE_YOUR_CALM);
    return 0;
  }

  static int on_data(nghttp2_session* session, std::uint8_t, std::int32_t id, const std::uint8_t* bytes,
                     std::size_t size, void* user_data) {
    Http2Stream* stream = find(user_data, id);
    if (stream == nullptr) {
      nghttp2_session_consume_connection(session, size);
      return 0;
    }
    stream->body.append(reinterpret_cast<const char*>(bytes), size);
    stream->changed.notify();
    return 0;
  }

  static int on_stream_close(nghttp2_session* session, std::int32_t id, std::uint32_t error_code, void* user_data) {
    Http2Session& self = session_of(user_data);
    const auto found = self.streams_.find(id);
    if (found == self.streams_.end()) return 0;
    Http2Stream& stream = *found->second;
    stream.closed = true;
    stream.error_code = error_code;
    stream.waiting.clear();
    if (!stream.ended && !stream.body.empty()) {
      nghttp2_session_consume_connection(session, stream.body.size());
      stream.body.clear();
    }
    stream.changed.notify();
    self.streams_.erase(found);
    return 0;
  }

  /// A response that is complete before its request: the client need not go on (RFC 9113, 8.1).
  static int on_frame_send(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
    Http2Session& self = session_of(user_data);
    const bool ends = (frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS) &&
                      (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
    Http2Stream* stream = find(user_data, frame->hd.stream_id);
    if (self.server_ && ends && stream != nullptr && !stream->ended)
      nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_NO_ERROR);
    return 0;
  }

  static ssize_t read_source(nghttp2_session* session, std::int32_t id, std::uint8_t* into, std::size_t size,
                             std::uint32_t* flags, nghttp2_data_source*, void* user_data) {
    Http2Stream* stream = find(user_data, id);
    if (stream == nullptr) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
    const std::size_t given = std::min(size, stream->waiting.size());
    std::memcpy(into, stream->waiting.data(), given);
    stream->waiting.erase(0, given);
    if (given > 0) stream->changed.notify();
    if (!stream->waiting.empty()) return static_cast<ssize_t>(given);
    if (!stream->finished) return given > 0 ? static_cast<ssize_t>(given) : ssize_t{NGHTTP2_ERR_DEFERRED};
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (stream->trailers_out.empty()) return static_cast<ssize_t>(given);
    *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    const std::vector<nghttp2_nv> list = name_values(stream->trailers_out);
    nghttp2_submit_trailer(session, id, list.data(), list.size());
    return static_cast<ssize_t>(given);
  }

  static nghttp2_session* make(Http2Session& self) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_option* option = nullptr;
    if (nghttp2_session_callbacks_new(&callbacks) != 0) return nullptr;
    nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_send);
    nghttp2_session* session = nullptr;
    if (nghttp2_option_new(&option) == 0) {
      nghttp2_option_set_no_auto_window_update(option, 1);
      nghttp2_option_set_max_outbound_ack(option, 1000);
      const auto create = self.server_ ? nghttp2_session_server_new2 : nghttp2_session_client_new2;
      if (create(&session, callbacks, &self, option) != 0) session = nullptr;
      nghttp2_option_del(option);
    }
    nghttp2_session_callbacks_del(callbacks);
    return session;
  }

  static bool greet(Http2Session& self, nghttp2_session* session) {
    std::vector<nghttp2_settings_entry> settings = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, static_cast<std::uint32_t>(self.limits_.concurrent_streams)},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
        {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, static_cast<std::uint32_t>(self.limits_.head_bytes)}};
    if (self.server_) settings.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1});
    if (!self.server_) settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
    return nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, settings.data(), settings.size()) == 0 &&
           nghttp2_session_set_local_window_size(session, NGHTTP2_FLAG_NONE, 0, kConnectionWindow) == 0;
  }
};

Http2Session::Http2Session(net::Transport& transport, const HttpLimits& limits, bool server, Http2Events events)
    : transport_(transport),
      limits_(limits),
      server_(server),
      events_(std::move(events)),
      impl_(std::make_unique<Impl>()),
      writable_(transport.loop()) {
  impl_->session.reset(Callbacks::make(*this));
  over_ = !impl_->session || !Callbacks::greet(*this, impl_->session.get());
}

Http2Session::~Http2Session() = default;

void Http2Session::wake_writer() {
  writable_.notify();
}

net::Deadline Http2Session::read_deadline() const {
  if (head_deadline_) return *head_deadline_;
  if (!streams_.empty() || !server_) return net::Deadline::max();
  return net::Clock::now() + limits_.idle_timeout;
}

/// False: the connection is over, or has nothing more to say.
Task<bool> Http2Session::wait_for_input() {
  const net::Deadline deadline = read_deadline();
  auto there = co_await transport_.readable(deadline);
  if (there) co_return true;
  const bool late = there.error().kind == Kind::TimedOut;
  if (late && !head_deadline_ && !streams_.empty()) co_return true;  // a stream has come meanwhile
  if (late) nghttp2_session_terminate_session(impl_->session.get(), NGHTTP2_NO_ERROR);
  co_return false;
}

Task<void> Http2Session::read_all() {
  std::unique_ptr<std::uint8_t[]> buffer;
  for (;;) {
    if (!transport_.has_pending()) {
      buffer.reset();  // an idle connection waits without one
      const bool goes_on = co_await wait_for_input();
      if (!goes_on) break;
    }
    if (!buffer) buffer = std::make_unique_for_overwrite<std::uint8_t[]>(kPiece);
    const std::span<std::uint8_t> room(buffer.get(), kPiece);
    auto got = co_await transport_.read_some(room, net::Deadline::max());
    if (!got || *got == 0) break;
    if (over_) continue;  // only the end of the connection is waited for
    if (nghttp2_session_mem_recv(impl_->session.get(), buffer.get(), *got) < 0)
      nghttp2_session_terminate_session(impl_->session.get(), NGHTTP2_PROTOCOL_ERROR);
    hand_over_requests();
    wake_writer();
  }
  reader_over_ = true;
  wake_writer();
}

void Http2Session::hand_over_requests() {
  while (!requests_.empty()) {
    auto request = std::move(requests_.front());
    requests_.pop_front();
    events_.on_request(std::move(request));
  }
}

Task<net::Outcome<net::Nothing>> Http2Session::write_what_waits() {
  std::string output;
  do {
    output.clear();
    const std::uint8_t* bytes = nullptr;
    ssize_t size = 0;
    while (output.size() < kOutput && (size = nghttp2_session_mem_send(impl_->session.get(), &bytes)) > 0)
      output.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    const std::span<const std::uint8_t> gathered(reinterpret_cast<const std::uint8_t*>(output.data()), output.size());
    const net::Deadline deadline = net::Clock::now() + limits_.write_timeout;
    auto sent = co_await transport_.write_all(gathered, deadline);
    if (!sent) co_return sent;
  } while (!output.empty());
  co_return net::Nothing{};
}

Task<void> Http2Session::write_all() {
  nghttp2_session* session = impl_->session.get();
  for (;;) {
    auto sent = co_await write_what_waits();
    if (!sent || stopped_) break;
    if (nghttp2_session_want_read(session) == 0 && nghttp2_session_want_write(session) == 0) break;
    if (reader_over_ || (ends_with_last_ && streams_.empty())) break;
    co_await writable_.wait_until(net::Deadline::max());
    if (transport_.loop().interrupted()) break;
  }
  close_streams();
  const net::Deadline deadline = net::Clock::now() + kLinger;
  if (!stopped_) {
    auto ended = co_await transport_.end_writing(deadline);
    if (!ended) stopped_ = true;
  }
  // The peer shall hear the last words: its own end is waited for, by the reader.
  while (!reader_over_ && !stopped_ && net::Clock::now() < deadline) {
    const bool woken = co_await writable_.wait_until(deadline);
    if (!woken) break;
  }
  transport_.close();
}

void Http2Session::close_streams() {
  over_ = true;
  for (const auto& [id, stream] : streams_) {
    stream->closed = true;
    stream->waiting.clear();
    stream->changed.notify();
  }
  streams_.clear();
}

Task<void> Http2Session::run() {
  if (over_) co_return;
  running_.spawn(write_all());
  co_await read_all();
  co_await running_.join();
}

void Http2Session::drain() {
  if (over_ || std::exchange(draining_, true)) return;
  nghttp2_submit_shutdown_notice(impl_->session.get());
  wake_writer();
  running_.spawn(say_last_goaway());
}

/// Requests that were on their way when the first GOAWAY was sent are still taken (RFC 9113, 6.8).
Task<void> Http2Session::say_last_goaway() {
  const net::Deadline deadline = net::Clock::now() + kLastGoaway;
  co_await transport_.loop().sleep_until(deadline);
  if (over_) co_return;
  nghttp2_session* session = impl_->session.get();
  nghttp2_submit_goaway(session, NGHTTP2_FLAG_NONE, nghttp2_session_get_last_proc_stream_id(session), NGHTTP2_NO_ERROR,
                        nullptr, 0);
  wake_writer();
}

void Http2Session::stop() {
  stopped_ = true;
  close_streams();
  transport_.close();
  wake_writer();
}

void Http2Session::drain_or_stop() {
  if (streams_.empty()) {
    stop();
    return;
  }
  draining_ = true;
  ends_with_last_ = true;
}

std::size_t Http2Session::free_slots() const {
  if (over_ || draining_) return 0;
  const std::uint32_t allowed =
      nghttp2_session_get_remote_settings(impl_->session.get(), NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
  const std::size_t limit = std::min<std::size_t>(allowed, limits_.concurrent_streams);
  return limit > streams_.size() ? limit - streams_.size() : 0;
}

bool Http2Session::takes_extended_connect() const {
  return nghttp2_session_get_remote_settings(impl_->session.get(), NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL) == 1;
}

std::shared_ptr<Http2Stream> Http2Session::send_request(const Fields& fields, bool ends) {
  if (over_ || draining_) return nullptr;
  const std::vector<nghttp2_nv> list = name_values(fields);
  const nghttp2_data_provider source{{}, Callbacks::read_source};
  const std::int32_t id = nghttp2_submit_request(impl_->session.get(), nullptr, list.data(), list.size(),
                                                 ends ? nullptr : &source, nullptr);
  if (id < 0) return nullptr;
  auto stream = std::make_shared<Http2Stream>(transport_.loop());
  stream->id = id;
  streams_[id] = stream;
  wake_writer();
  return stream;
}

bool Http2Session::send_response(Http2Stream& stream, const Fields& fields, bool ends) {
  if (stream.closed) return false;
  const std::vector<nghttp2_nv> list = name_values(fields);
  const nghttp2_data_provider source{{}, Callbacks::read_source};
  const int submitted =
      nghttp2_submit_response(impl_->session.get(), stream.id, list.data(), list.size(), ends ? nullptr : &source);
  wake_writer();
  return submitted == 0;
}

bool Http2Session::send_interim(Http2Stream& stream, const Fields& fields) {
  if (stream.closed) return false;
  const std::vector<nghttp2_nv> list = name_values(fields);
  const int submitted = nghttp2_submit_headers(impl_->session.get(), NGHTTP2_FLAG_NONE, stream.id, nullptr, list.data(),
                                               list.size(), nullptr);
  wake_writer();
  return submitted >= 0;
}

Task<net::Outcome<net::Nothing>> Http2Session::send_body(std::shared_ptr<Http2Stream> stream,
                                                         std::span<const std::uint8_t> bytes, net::Deadline deadline) {
  while (!stream->closed && stream->waiting.size() >= kMaxWaiting) {
    const bool changed = co_await stream->changed.wait_until(deadline);
    if (changed) continue;
    if (transport_.loop().interrupted()) co_return net::Failure{Kind::Interrupted, "interrupted"};
    co_return net::Failure{Kind::TimedOut, "the peer takes no bytes"};
  }
  if (stream->closed) co_return closed_failure(*stream);
  stream->waiting.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  nghttp2_session_resume_data(impl_->session.get(), stream->id);
  wake_writer();
  co_return net::Nothing{};
}

void Http2Session::finish(Http2Stream& stream, const Fields& trailers) {
  if (stream.closed) return;
  stream.finished = true;
  stream.trailers_out = trailers;
  nghttp2_session_resume_data(impl_->session.get(), stream.id);
  wake_writer();
}

Task<net::Outcome<std::size_t>> Http2Session::read_body(std::shared_ptr<Http2Stream> stream,
                                                        std::span<std::uint8_t> into, net::Deadline deadline) {
  while (stream->body.empty()) {
    if (stream->ended) co_return std::size_t{0};
    if (stream->closed) co_return closed_failure(*stream);
    const bool changed = co_await stream->changed.wait_until(deadline);
    if (changed) continue;
    if (transport_.loop().interrupted()) co_return net::Failure{Kind::Interrupted, "interrupted"};
    co_return net::Failure{Kind::TimedOut, "timed out"};
  }
  const std::size_t size = std::min(into.size(), stream->body.size());
  std::memcpy(into.data(), stream->body.data(), size);
  stream->body.erase(0, size);
  if (!over_) nghttp2_session_consume(impl_->session.get(), stream->id, size);
  wake_writer();
  co_return size;
}

void Http2Session::reset(Http2Stream& stream) {
  if (stream.closed) return;
  nghttp2_submit_rst_stream(impl_->session.get(), NGHTTP2_FLAG_NONE, stream.id,
                            server_ ? NGHTTP2_INTERNAL_ERROR : NGHTTP2_CANCEL);
  wake_writer();
}

void Http2Session::release(Http2Stream& stream) {
  if (over_ || stream.body.empty()) return;
  nghttp2_session_consume(impl_->session.get(), stream.id, stream.body.size());
  stream.body.clear();
  wake_writer();
}

}  // namespace tlsward::serve
