// What a connection has sent and nobody has read yet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/transport.h"

namespace tlsward::serve {

/// Holds no memory while it is empty.
class Http1Input {
 public:
  /// `transport` outlives it.
  explicit Http1Input(net::Transport& transport) : transport_(transport) {}

  std::span<const std::uint8_t> bytes() const { return {buffer_.data() + begin_, buffer_.size() - begin_}; }
  std::string_view text() const { return {reinterpret_cast<const char*>(buffer_.data()) + begin_, bytes().size()}; }
  bool empty() const { return begin_ == buffer_.size(); }
  /// Bytes may come without waiting.
  bool ready() const { return !empty() || transport_.has_pending(); }
  /// The first `size` bytes have been read.
  void take(std::size_t size);
  /// Reads more behind what is there: up to 16 KiB. 0: the peer has ended its side.
  Task<net::Outcome<std::size_t>> read_more(net::Deadline deadline);

 private:
  net::Transport& transport_;
  std::vector<std::uint8_t> buffer_;
  std::size_t begin_ = 0;
};

}  // namespace tlsward::serve
