#include "serve/http/http2_peer_streams.h"

namespace tlsward::serve {
namespace {

// RFC 9113, 6.
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kReset = 3;
constexpr std::uint8_t kEndStream = 0x1;

}  // namespace

bool Http2PeerStreams::take(const Http2FrameHeader& frame) {
  if (frame.type == kReset) open_.erase(frame.stream);
  if (frame.type != kData && frame.type != kHeaders) return true;
  // A stream that was never opened is nghttp2's business.
  if (frame.stream > last_ && frame.type == kData) return true;
  if (frame.stream > last_) {
    last_ = frame.stream;
    open_.insert(frame.stream);
    if (open_.size() > kMost) open_.erase(open_.begin());
  } else if (frame.stream != 0 && !open_.contains(frame.stream)) {
    return false;
  }
  if ((frame.flags & kEndStream) != 0) open_.erase(frame.stream);
  return true;
}

}  // namespace tlsward::serve
