// The protocol engine of a connection: nghttp2, with callbacks that note down in Http2Streams what comes in and take
// from there what goes out. Private to serve/http/.
#pragma once

#include <cstdint>
#include <memory>

#include "serve/http/http2_stream.h"

struct nghttp2_session;
struct nghttp2_session_callbacks;

namespace tlsward::serve {

/// RFC 9113, 7.
enum class Http2Error : std::uint32_t {
  NoError = 0,
  ProtocolError = 1,
  InternalError = 2,
  StreamClosed = 5,
  RefusedStream = 7,
  Cancel = 8,
  EnhanceYourCalm = 11,
};

struct Http2EngineDeleter {
  void operator()(nghttp2_session* engine) const;
};
using Http2Engine = std::unique_ptr<nghttp2_session, Http2EngineDeleter>;

/// An engine of either side, its SETTINGS ready to go out. Windows are 64 KiB for a stream and 1 MiB for the
/// connection, and open by nghttp2_session_consume alone. `streams` outlives it. Null where memory is short.
Http2Engine make_http2_engine(Http2Streams& streams);
/// Its callbacks, for make_http2_engine; null where memory is short.
nghttp2_session_callbacks* new_http2_callbacks();

// Nothing of these goes out before nghttp2_session_mem_send. `ends`: no body follows, else it is taken from
// Http2Stream::waiting. False, or a negative number: nghttp2 does not take it.

/// The number of the stream that the request will open.
std::int32_t submit_request(nghttp2_session& engine, const Fields& fields, bool ends);
bool submit_response(nghttp2_session& engine, const Http2Stream& stream, const Fields& fields, bool ends);
bool submit_interim(nghttp2_session& engine, const Http2Stream& stream, const Fields& fields);
/// RST_STREAM, once; nothing for a stream that is closed.
void submit_reset(nghttp2_session& engine, Http2Stream& stream, Http2Error error);

}  // namespace tlsward::serve
