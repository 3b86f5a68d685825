// What a connection has sent and nobody has read yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/transport.h"

namespace tlsward::serve {

/// Holds no memory while it waits for the first byte of a message.
class Http1Input {
 public:
  /// `transport` outlives it.
  explicit Http1Input(net::Transport& transport) : transport_(transport) {}

  std::span<const std::uint8_t> bytes() const { return {buffer_.get() + begin_, end_ - begin_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(buffer_.get()) + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  /// Bytes may come without waiting.
  bool ready() const { return !empty() || transport_.has_pending(); }
  /// The first `size` bytes have been read.
  void take(std::size_t size);
  /// Reads more behind what is there: up to 16 KiB. 0: the peer has ended its side.
  Task<net::Outcome<std::size_t>> read_more(net::Deadline deadline);
  /// The same where a message may be long in coming: waits without a buffer.
  Task<net::Outcome<std::size_t>> wait_and_read(net::Deadline deadline);
  /// Reads past the buffer, which is empty.
  Task<net::Outcome<std::size_t>> read_directly(std::span<std::uint8_t> into, net::Deadline deadline);

 private:
  void make_room();

  net::Transport& transport_;
  std::unique_ptr<std::uint8_t[]> buffer_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace tlsward::serve
