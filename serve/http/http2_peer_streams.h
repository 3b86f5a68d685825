// Which streams a client has opened and not ended itself: nghttp2 forgets streams soon, and then passes over what must
// not come any more. Private to serve/http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>

#include "serve/http/http2_frame_scanner.h"

namespace tlsward::serve {

class Http2PeerStreams {
 public:
  /// Takes the next frame. False for DATA and HEADERS on a stream that the peer has ended or reset, or that it passed
  /// over (RFC 9113, 5.1 and 5.1.1). What comes on a stream that this side has reset is on its way rightly.
  bool take(const Http2FrameHeader& frame);

 private:
  static constexpr std::size_t kMost = 1000;  // streams that were reset here and never ended by the peer stay

  std::uint32_t last_ = 0;
  std::set<std::uint32_t> open_;
};

}  // namespace tlsward::serve
