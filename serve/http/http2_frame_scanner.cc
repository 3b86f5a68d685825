#include "serve/http/http2_frame_scanner.h"

#include <algorithm>

namespace tlsward::serve {
namespace {

// RFC 9113, 6.
constexpr std::uint8_t kData = 0;
constexpr std::uint8_t kHeaders = 1;
constexpr std::uint8_t kPushPromise = 5;
constexpr std::uint8_t kContinuation = 9;
constexpr std::uint8_t kEndHeaders = 0x4;

bool carries_fields(std::uint8_t type) {
  return type == kHeaders || type == kPushPromise || type == kContinuation;
}

}  // namespace

void Http2FrameScanner::begin_frame() {
  frame_.length = static_cast<std::uint32_t>(header_[0] << 16 | header_[1] << 8 | header_[2]);
  frame_.type = header_[3];
  frame_.flags = header_[4];
  frame_.stream =
      static_cast<std::uint32_t>((header_[5] & 0x7f) << 24 | header_[6] << 16 | header_[7] << 8 | header_[8]);
  payload_ = frame_.length;
}

void Http2FrameScanner::end_frame() {
  have_ = 0;
  if (carries_fields(frame_.type)) in_block_ = (frame_.flags & kEndHeaders) == 0;
  if (!in_block_) ++completed_;
}

void Http2FrameScanner::feed(std::span<const std::uint8_t> bytes,
                             const std::function<void(const Http2FrameHeader&)>& on_frame) {
  while (!bytes.empty()) {
    begun_ = true;
    if (payload_ > 0) {
      const std::size_t taken = std::min(payload_, bytes.size());
      payload_ -= taken;
      bytes = bytes.subspan(taken);
      if (payload_ > 0) return;
      if (preface_ > 0) {
        preface_ = 0;
        ++completed_;
      } else {
        end_frame();
      }
      continue;
    }
    header_[have_++] = bytes.front();
    bytes = bytes.subspan(1);
    if (have_ < header_.size()) continue;
    begin_frame();
    on_frame(frame_);
    if (payload_ == 0) end_frame();
  }
}

bool Http2FrameScanner::is_incomplete() const {
  if (preface_ > 0) return begun_;
  if (in_block_) return true;
  if (have_ == 0) return false;
  return have_ < header_.size() || frame_.type != kData;
}

}  // namespace tlsward::serve
