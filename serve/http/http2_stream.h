// One stream of HTTP/2, and what a connection knows of its streams: plain data that nghttp2's callbacks fill and the
// exchanges of both sides use. Private to serve/http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "net/deadline.h"
#include "net/loop.h"
#include "serve/http/http2_flood_guard.h"
#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// A block of fields with its pseudo-header fields, which come first.
struct Http2Head {
  Fields fields;
  bool ends_stream = false;
};

/// Shared by the session and the exchange; it stays when nghttp2 has forgotten the stream.
struct Http2Stream {
  explicit Http2Stream(net::Loop& loop) : changed(loop) {}

  std::int32_t id = -1;
  net::Event changed;  // wakes whoever waits for anything below

  // In.
  Fields block;  // of fields, still coming
  std::size_t block_bytes = 0;
  bool block_is_response = false;  // it has a status, so it is no trailers
  bool too_large = false;          // a block took more than the limits allow; `block` is empty then
  std::deque<Http2Head> heads;     // complete ones: the request, or responses
  std::string body;                // not read yet
  Fields trailers;
  bool ended = false;      // END_STREAM came
  bool abandoned = false;  // nobody reads any more: what still comes is dropped

  // Out.
  std::string waiting;    // of the body, not taken by nghttp2 yet
  bool finished = false;  // nothing comes behind `waiting` but the trailers
  Fields trailers_out;
  bool output_ended = false;  // END_STREAM went out
  bool tunnel = false;        // both directions end on their own

  bool reset_here = false;       // RST_STREAM is this side's wish
  bool closed = false;           // both directions are over
  bool never_sent = false;       // the request did not go out
  std::uint32_t error_code = 0;  // of RFC 9113, 7, where it is closed
};

/// What nghttp2's callbacks read and note down.
struct Http2Streams {
  Http2Streams(net::Loop& its_loop, const HttpLimits& its_limits, bool is_server)
      : loop(its_loop), limits(its_limits), server(is_server), greeted(its_loop) {}

  net::Loop& loop;
  const HttpLimits& limits;
  const bool server;
  std::map<std::int32_t, std::shared_ptr<Http2Stream>> open;
  std::deque<std::shared_ptr<Http2Stream>> requests;  // complete up to their bodies, not handed over (server)
  net::Clock::time_point idle_since = net::Clock::now();
  Http2FloodGuard guard;
  net::Event greeted;         // wakes whoever waits for has_settings
  bool has_settings = false;  // the peer's first SETTINGS are here
  bool goaway = false;        // the peer takes no new streams
  // Of GOAWAY, either way: RFC 9113, 7.
  std::uint32_t error_from_peer = 0, error_to_peer = 0;
};

}  // namespace tlsward::serve
