#include "serve/http/http1_output.h"

#include <utility>

#include "serve/http/http1_text.h"

namespace tlsward::serve {
namespace {

/// A record of TLS holds as much.
constexpr std::size_t kEnough = 16 * 1024;

}  // namespace

Task<net::Outcome<net::Nothing>> Http1Output::write(std::span<const std::uint8_t> bytes, bool chunked,
                                                    net::Deadline deadline) {
  if (bytes.empty()) co_return net::Nothing{};  // an empty chunk would be the end
  if (chunked) write_chunk_size(bytes.size(), waiting_);
  waiting_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (chunked) waiting_ += "\r\n";
  if (waiting_.size() < kEnough) co_return net::Nothing{};
  auto sent = co_await flush(deadline);
  co_return sent;
}

Task<net::Outcome<net::Nothing>> Http1Output::flush(net::Deadline deadline) {
  if (waiting_.empty()) co_return net::Nothing{};
  const std::string text = std::exchange(waiting_, {});
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  auto sent = co_await transport_.write_all(bytes, deadline);
  co_return sent;
}

}  // namespace tlsward::serve
