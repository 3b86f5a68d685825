#include "serve/http/http1_input.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace tlsward::serve {
namespace {

/// A record of TLS holds as much.
constexpr std::size_t kPiece = 16 * 1024;
/// With less room than this behind what is there, it moves.
constexpr std::size_t kMinRoom = 4 * 1024;

}  // namespace

void Http1Input::take(std::size_t size) {
  begin_ += size;
  if (empty()) begin_ = end_ = 0;
}

void Http1Input::make_room() {
  if (capacity_ - end_ >= kMinRoom) return;
  const std::size_t size = end_ - begin_;
  if (capacity_ - size < kMinRoom) {
    capacity_ = std::max(kPiece, 2 * capacity_);
    auto larger = std::make_unique_for_overwrite<std::uint8_t[]>(capacity_);
    if (size > 0) std::memcpy(larger.get(), buffer_.get() + begin_, size);
    buffer_ = std::move(larger);
  } else {
    std::memmove(buffer_.get(), buffer_.get() + begin_, size);
  }
  begin_ = 0;
  end_ = size;
}

Task<net::Outcome<std::size_t>> Http1Input::read_more(net::Deadline deadline) {
  make_room();
  const std::span<std::uint8_t> room(buffer_.get() + end_, std::min(kPiece, capacity_ - end_));
  auto got = co_await transport_.read_some(room, deadline);
  if (got) end_ += *got;
  co_return got;
}

Task<net::Outcome<std::size_t>> Http1Input::wait_and_read(net::Deadline deadline) {
  if (!ready()) {
    buffer_.reset();
    capacity_ = 0;
    auto there = co_await transport_.readable(deadline);
    if (!there) co_return there.error();
  }
  auto got = co_await read_more(deadline);
  co_return got;
}

Task<net::Outcome<std::size_t>> Http1Input::read_directly(std::span<std::uint8_t> into, net::Deadline deadline) {
  assert(empty());
  return transport_.read_some(into, deadline);
}

}  // namespace tlsward::serve
