#include "serve/http/http2_flood_guard.h"

#include <algorithm>
#include <chrono>

namespace tlsward::serve {
namespace {

// RFC 9113, 6.
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kEndStream = 0x1;
constexpr std::uint8_t kPadded = 0x8;

constexpr std::size_t kWorthwhile = 16;   // bytes of DATA that earn something
constexpr std::size_t kMaxPadding = 256;  // with the byte that gives its length
constexpr std::size_t kForHeaders = 4;    // PRIORITY, two WINDOW_UPDATE, RST_STREAM

bool is_empty(const Http2FrameHeader& frame) {
  if ((frame.flags & kPadded) != 0) return frame.length <= kMaxPadding;
  return frame.length == 0;
}

}  // namespace

void Http2Budget::spend(net::Clock::time_point now) {
  if (now > earned_until_) {
    const double seconds = std::chrono::duration<double>(now - earned_until_).count();
    const double earned = std::min(seconds * static_cast<double>(per_second_), static_cast<double>(capacity_));
    if (earned >= 1) {
      earn(static_cast<std::size_t>(earned));
      earned_until_ = now;
    }
  }
  if (left_ == 0)
    exhausted_ = true;
  else
    --left_;
}

void Http2Budget::earn(std::size_t amount) {
  left_ = std::min(capacity_, left_ + amount);
}

void Http2FloodGuard::note_frame(const Http2FrameHeader& frame, net::Clock::time_point now) {
  if (frame.type == kHeaders) {
    frames_.earn(kForHeaders);
  } else if (frame.type != kData) {
    frames_.spend(now);
  } else if (is_empty(frame)) {
    if ((frame.flags & kEndStream) == 0) frames_.spend(now);
  } else if (frame.length >= kWorthwhile) {
    frames_.earn(1);
  }
}

void Http2FloodGuard::note_data_sent(std::size_t size) {
  if (size >= kWorthwhile) frames_.earn(2);
}

}  // namespace tlsward::serve
