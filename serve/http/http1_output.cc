#include "serve/http/http1_output.h"

#include <algorithm>
#include <utility>

#include "serve/http/http1_text.h"

namespace tlsward::serve {
namespace {

/// A record of TLS holds as much.
constexpr std::size_t kEnough = 16 * 1024;
/// Of most heads, and of the framing of a chunk.
constexpr std::size_t kHead = 1024, kChunkFraming = 24;

}  // namespace

std::string& Http1Output::text() {
  if (waiting_.capacity() < kHead) waiting_.reserve(kHead);
  return waiting_;
}

Task<net::Outcome<Nothing>> Http1Output::write(std::span<const std::uint8_t> bytes, bool chunked,
                                               net::Deadline deadline) {
  if (bytes.empty()) co_return Nothing{};  // an empty chunk would be the end
  const std::size_t size = waiting_.size() + bytes.size() + kChunkFraming;
  if (size > waiting_.capacity()) waiting_.reserve(std::max(size, 2 * waiting_.capacity()));
  if (chunked) write_chunk_size(bytes.size(), waiting_);
  waiting_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (chunked) waiting_ += "\r\n";
  if (waiting_.size() < kEnough) co_return Nothing{};
  auto sent = co_await flush(deadline);
  co_return sent;
}

Task<net::Outcome<Nothing>> Http1Output::flush(net::Deadline deadline) {
  if (waiting_.empty()) co_return Nothing{};
  const std::string text = std::exchange(waiting_, {});
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  auto sent = co_await transport_.write_all(bytes, deadline);
  co_return sent;
}

}  // namespace tlsward::serve
