// Floods of frames that cost the peer little and this side work: what is too much. Private to serve/http/.
//
// CVE-2019-9511 to 9518 (empty, tiny and control frames), CVE-2023-44487 (rapid reset), CVE-2024-24549 and others
// (CONTINUATION). What an honest peer needs grows with what it asks for and gets, so both earn new frames.
#pragma once

#include <cstddef>

#include "net/deadline.h"
#include "serve/http/http2_frame_scanner.h"

namespace tlsward::serve {

/// A number of things that may happen, earned by work and by time, never more than `capacity`.
class Http2Budget {
 public:
  Http2Budget(std::size_t capacity, std::size_t per_second)
      : capacity_(capacity), per_second_(per_second), left_(capacity) {}
  void spend(net::Clock::time_point now);
  void earn(std::size_t amount);
  bool is_exhausted() const { return exhausted_; }

 private:
  std::size_t capacity_, per_second_, left_;
  net::Clock::time_point earned_until_{};  // time before it has been paid for
  bool exhausted_ = false;                 // more was spent than was there; stays
};

class Http2FloodGuard {
 public:
  /// A frame has come.
  void note_frame(const Http2FrameHeader& frame, net::Clock::time_point now);
  /// A DATA frame with `size` bytes went out: its peer may open two windows for it.
  void note_data_sent(std::size_t size);
  /// A stream ended by the peer's doing, with a reset or an error, before its response was complete.
  void note_lost_stream(net::Clock::time_point now) { resets_.spend(now); }
  /// A response went out completely.
  void note_served_stream() { resets_.earn(1); }
  /// The connection is to be closed with ENHANCE_YOUR_CALM.
  bool is_flooded() const { return frames_.is_exhausted() || resets_.is_exhausted(); }

 private:
  Http2Budget frames_{2000, 200};
  Http2Budget resets_{200, 10};
};

}  // namespace tlsward::serve
