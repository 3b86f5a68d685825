#include "serve/http/http1_input.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kPiece = 16 * 1024;

}  // namespace

void Http1Input::take(std::size_t size) {
  begin_ += size;
  if (!empty()) return;
  begin_ = 0;
  buffer_.clear();
}

Task<net::Outcome<std::size_t>> Http1Input::read_more(net::Deadline deadline) {
  if (empty() && !transport_.has_pending()) {
    // An idle connection waits without a buffer.
    std::vector<std::uint8_t>().swap(buffer_);
    auto there = co_await transport_.readable(deadline);
    if (!there) co_return there.error();
  }
  if (begin_ > 0) buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(begin_));
  begin_ = 0;
  const std::size_t old = buffer_.size();
  buffer_.resize(old + kPiece);
  const std::span<std::uint8_t> room(buffer_.data() + old, kPiece);
  auto got = co_await transport_.read_some(room, deadline);
  buffer_.resize(old + (got ? *got : 0));
  co_return got;
}

}  // namespace tlsward::serve
