// nghttp2's callbacks. They only note down: whoever waits for a change goes on from the loop, never inside nghttp2.
#include <nghttp2/nghttp2.h>

#include <string_view>
#include <utility>

#include "serve/http/http2_engine.h"

namespace tlsward::serve {
namespace {

/// Responses before the response that nobody has read yet.
constexpr std::size_t kMaxWaitingHeads = 16;
/// What a field costs beside its bytes (RFC 9113, 6.5.2).
constexpr std::size_t kFieldOverhead = 32;
/// ":method", ":scheme", ":authority", ":path", ":protocol".
constexpr std::size_t kPseudoFields = 5;
/// A block this many times larger than allowed is not read to its end any more.
constexpr std::size_t kFarTooLarge = 8;

Http2Streams& streams_of(void* user_data) {
  return *static_cast<Http2Streams*>(user_data);
}

Http2Stream* find_stream(void* user_data, std::int32_t id) {
  const auto& open = streams_of(user_data).open;
  const auto found = open.find(id);
  return found == open.end() ? nullptr : found->second.get();
}

std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

int on_begin_headers(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  Http2Streams& streams = streams_of(user_data);
  if (streams.server && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
    auto opened = std::make_shared<Http2Stream>(streams.loop);
    opened->id = frame->hd.stream_id;
    streams.open[opened->id] = std::move(opened);
  }
  if (Http2Stream* stream = find_stream(user_data, frame->hd.stream_id)) {
    stream->block.clear();
    stream->block_bytes = 0;
    stream->block_is_response = false;
  }
  return 0;
}

int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
              const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user_data) {
  Http2Stream* stream = find_stream(user_data, frame->hd.stream_id);
  if (stream == nullptr) return 0;
  const HttpLimits& limits = streams_of(user_data).limits;
  stream->block_bytes += name_size + value_size + kFieldOverhead;
  if (text_of(name, name_size) == ":status") stream->block_is_response = true;
  if (stream->block_bytes / kFarTooLarge > limits.head_bytes) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  const bool fits =
      stream->block_bytes <= limits.head_bytes && stream->block.size() < limits.head_fields + kPseudoFields;
  if (!fits) stream->too_large = true;
  if (stream->too_large) {
    stream->block = Fields();
    return 0;
  }
  stream->block.push_back({std::string(text_of(name, name_size)), std::string(text_of(value, value_size))});
  return 0;
}

/// Without this nghttp2 drops the field and lets the message pass (RFC 9113, 8.2.1: it is malformed).
int on_invalid_header(nghttp2_session*, const nghttp2_frame*, nghttp2_rcbuf*, nghttp2_rcbuf*, std::uint8_t, void*) {
  return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

void take_request(nghttp2_session* engine, Http2Streams& streams, Http2Stream& stream, const nghttp2_frame& frame,
                  bool ends) {
  if (frame.headers.cat == NGHTTP2_HCAT_REQUEST) {
    stream.heads.push_back({std::exchange(stream.block, {}), ends});
    streams.requests.push_back(streams.open[stream.id]);
    return;
  }
  if (stream.too_large) submit_reset(*engine, stream, Http2Error::EnhanceYourCalm);
  stream.trailers = std::exchange(stream.block, {});
}

void take_response(nghttp2_session* engine, Http2Stream& stream, bool ends) {
  if (stream.too_large || stream.heads.size() >= kMaxWaitingHeads) {
    stream.too_large = true;
    submit_reset(*engine, stream, Http2Error::Cancel);
  } else if (stream.block_is_response) {
    stream.heads.push_back({std::exchange(stream.block, {}), ends});
  } else {
    stream.trailers = std::exchange(stream.block, {});
  }
}

void take_block(nghttp2_session* engine, Http2Streams& streams, Http2Stream& stream, const nghttp2_frame& frame) {
  const bool ends = (frame.hd.flags & NGHTTP2_FLAG_END_STREAM) != 0;
  if (streams.server)
    take_request(engine, streams, stream, frame, ends);
  else
    take_response(engine, stream, ends);
  if (ends) stream.ended = true;
}

int on_frame_recv(nghttp2_session* engine, const nghttp2_frame* frame, void* user_data) {
  Http2Streams& streams = streams_of(user_data);
  Http2Stream* stream = find_stream(user_data, frame->hd.stream_id);
  if (frame->hd.type == NGHTTP2_SETTINGS && !std::exchange(streams.has_settings, true)) streams.greeted.notify();
  if (frame->hd.type == NGHTTP2_GOAWAY) {
    streams.goaway = true;
    streams.error_from_peer = frame->goaway.error_code;
  }
  if (stream == nullptr) return 0;
  if (frame->hd.type == NGHTTP2_HEADERS) take_block(engine, streams, *stream, *frame);
  if (frame->hd.type == NGHTTP2_DATA && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) stream->ended = true;
  stream->changed.notify();
  return 0;
}

int on_data(nghttp2_session* engine, std::uint8_t, std::int32_t id, const std::uint8_t* bytes, std::size_t size,
            void* user_data) {
  Http2Stream* stream = find_stream(user_data, id);
  if (stream == nullptr || stream->abandoned) return nghttp2_session_consume_connection(engine, size);
  stream->body.append(text_of(bytes, size));
  stream->changed.notify();
  return 0;
}

void note_end_of_stream(Http2Streams& streams, const Http2Stream& stream) {
  const bool by_the_peer = stream.error_code != NGHTTP2_NO_ERROR && !stream.reset_here;
  if (streams.server && by_the_peer) streams.guard.note_lost_stream(net::Clock::now());
  if (streams.open.empty()) streams.idle_since = net::Clock::now();
}

int on_stream_close(nghttp2_session* engine, std::int32_t id, std::uint32_t error_code, void* user_data) {
  Http2Streams& streams = streams_of(user_data);
  const auto found = streams.open.find(id);
  if (found == streams.open.end()) return 0;
  const std::shared_ptr<Http2Stream> stream = std::move(found->second);
  streams.open.erase(found);
  stream->closed = true;
  stream->error_code = error_code;
  stream->waiting.clear();
  if (!stream->ended) {
    nghttp2_session_consume_connection(engine, stream->body.size());
    stream->body.clear();
  }
  stream->changed.notify();
  note_end_of_stream(streams, *stream);
  return 0;
}

int on_frame_send(nghttp2_session* engine, const nghttp2_frame* frame, void* user_data) {
  Http2Streams& streams = streams_of(user_data);
  if (frame->hd.type == NGHTTP2_GOAWAY) streams.error_to_peer = frame->goaway.error_code;
  const bool carries = frame->hd.type == NGHTTP2_DATA || frame->hd.type == NGHTTP2_HEADERS;
  if (!carries) return 0;
  if (frame->hd.type == NGHTTP2_DATA) streams.guard.note_data_sent(frame->hd.length);
  Http2Stream* stream = find_stream(user_data, frame->hd.stream_id);
  if (stream == nullptr || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) return 0;
  stream->output_ended = true;
  stream->changed.notify();
  if (!streams.server) return 0;
  streams.guard.note_served_stream();
  // Nobody reads the request any more: the client need not go on (RFC 9113, 8.1).
  if (!stream->ended && stream->abandoned) submit_reset(*engine, *stream, Http2Error::NoError);
  return 0;
}

int on_frame_not_send(nghttp2_session* engine, const nghttp2_frame* frame, int, void* user_data) {
  Http2Stream* stream = find_stream(user_data, frame->hd.stream_id);
  if (stream == nullptr || frame->hd.type != NGHTTP2_HEADERS) return 0;
  if (frame->headers.cat == NGHTTP2_HCAT_REQUEST)
    stream->never_sent = true;
  else
    submit_reset(*engine, *stream, Http2Error::InternalError);
  stream->changed.notify();
  return 0;
}

}  // namespace

nghttp2_session_callbacks* new_http2_callbacks() {
  nghttp2_session_callbacks* callbacks = nullptr;
  if (nghttp2_session_callbacks_new(&callbacks) != 0) return nullptr;
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_invalid_header_callback2(callbacks, on_invalid_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_send);
  nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_send);
  return callbacks;
}

}  // namespace tlsward::serve
