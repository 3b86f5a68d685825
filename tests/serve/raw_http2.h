// HTTP/2 written frame by frame over a blocking socket, well-formed or not.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/address.h"
#include "serve/http/message.h"
#include "tests/net/peer.h"

struct nghttp2_hd_inflater;

namespace tlsward::test {

// RFC 9113, 6.
enum FrameType : std::uint8_t {
  kDataFrame = 0,
  kHeadersFrame = 1,
  kPriorityFrame = 2,
  kResetFrame = 3,
  kSettingsFrame = 4,
  kPushPromiseFrame = 5,
  kPingFrame = 6,
  kGoawayFrame = 7,
  kWindowUpdateFrame = 8,
  kContinuationFrame = 9,
};
inline constexpr std::uint8_t kEndStream = 0x1, kAck = 0x1, kEndHeaders = 0x4, kPadded = 0x8, kPriority = 0x20;

inline constexpr std::string_view kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

struct Frame {
  std::uint8_t type = 0, flags = 0;
  std::uint32_t stream = 0;
  std::string payload;
};

/// `value` in four bytes, most significant first.
std::string four_bytes(std::uint32_t value);
std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload = {});
/// HPACK literals that use no table (RFC 7541, 6.2.2).
std::string block(const serve::Fields& fields);
/// ":method" GET, ":scheme" http, ":authority" localhost and the path, then `more`.
serve::Fields get(std::string path, const serve::Fields& more = {});
/// HEADERS that are complete; `flags` beside END_HEADERS.
std::string headers(std::uint32_t stream, const serve::Fields& fields, std::uint8_t flags = kEndStream);
std::string setting(std::uint16_t name, std::uint32_t value);
std::string window_update(std::uint32_t stream, std::uint32_t increment);
std::string reset(std::uint32_t stream, std::uint32_t error);
/// The first four bytes of a payload as a number: an error code, an increment.
std::uint32_t number_in(std::string_view payload);

class RawHttp2 {
 public:
  /// Connects as a client.
  explicit RawHttp2(const net::Address& server);
  /// As the server of a connection that was accepted.
  explicit RawHttp2(PeerSocket& accepted);
  ~RawHttp2();

  /// A client's preface and SETTINGS with `settings`.
  void greet(std::string_view settings = {});
  void send(std::string_view bytes) { socket_.send(bytes); }
  PeerSocket& socket() { return socket_; }

  /// SETTINGS and PING are acknowledged no more: what was sent last is not whole.
  void be_silent() { silent_ = true; }

  /// The next frame; SETTINGS and PING are acknowledged. Nullopt at the end.
  std::optional<Frame> next();
  /// The next frame of this type on this stream, others passed over. Nullopt where the connection ends before.
  std::optional<Frame> next(std::uint8_t type, std::uint32_t stream);
  /// The fields of HEADERS. All blocks have to be looked at in their order.
  serve::Fields fields_of(const Frame& frame);

  /// What becomes of a stream: "200", "reset PROTOCOL_ERROR", "goaway PROTOCOL_ERROR", "closed". Interim responses and
  /// GOAWAY without an error are passed over.
  std::string outcome(std::uint32_t stream);
  /// The body of a stream up to its end; what ended it instead of END_STREAM in brackets.
  std::string body(std::uint32_t stream);
  /// The other side says no more, though what it has said may not be read yet. Does not wait.
  bool has_ended() const;
  /// How the connection ends: "goaway ENHANCE_YOUR_CALM", "closed". Reads what comes before.
  std::string ending();

 private:
  std::optional<PeerSocket> own_;
  PeerSocket& socket_;
  nghttp2_hd_inflater* inflater_ = nullptr;
  bool silent_ = false;
};

}  // namespace tlsward::test
