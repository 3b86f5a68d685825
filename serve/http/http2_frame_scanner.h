// Follows the frames that a peer sends, beside nghttp2, which says nothing of a frame that has not come whole and of
// one that it ignores. Private to serve/http/.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace tlsward::serve {

/// The first nine bytes of a frame (RFC 9113, 4.1).
struct Http2FrameHeader {
  std::uint32_t length = 0;
  std::uint8_t type = 0;
  std::uint8_t flags = 0;
  std::uint32_t stream = 0;
};

class Http2FrameScanner {
 public:
  /// `preface`: how many bytes come before the first frame: 24 from a client, none from a server.
  explicit Http2FrameScanner(std::size_t preface) : preface_(preface), payload_(preface) {}

  /// Takes the next bytes; `on_frame` is called for each frame header that is complete with them.
  void feed(std::span<const std::uint8_t> bytes, const std::function<void(const Http2FrameHeader&)>& on_frame);
  /// Something has begun and is not there whole: the preface, a frame header, a frame other than DATA, or a block of
  /// fields, whose frames belong together.
  bool is_incomplete() const;
  /// How often something has become complete since the beginning.
  std::uint64_t completed() const { return completed_; }

 private:
  void begin_frame();
  void end_frame();

  std::size_t preface_;    // not over yet, where not 0
  std::size_t payload_;    // bytes still to come of the preface or the frame
  std::size_t have_ = 0;   // bytes of header_ that are there; 9: the frame's payload follows
  bool begun_ = false;     // a byte has come
  bool in_block_ = false;  // HEADERS or PUSH_PROMISE without END_HEADERS came
  std::uint64_t completed_ = 0;
  std::array<std::uint8_t, 9> header_{};
  Http2FrameHeader frame_;
};

}  // namespace tlsward::serve
