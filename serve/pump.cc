#include "serve/pump.h"

#include <cstddef>
#include <memory>
#include <span>

namespace tlsward::serve {
namespace {

constexpr std::size_t kBufferSize = 16 * 1024;

Pumped ended(PumpEnd how, const net::Failure& failure, std::uint64_t bytes) {
  return {how, failure, bytes};
}

}  // namespace

Task<Pumped> pump(BodyReader& from, BodyWriter& to, std::chrono::milliseconds read, std::chrono::milliseconds write) {
  std::unique_ptr<std::uint8_t[]> buffer;
  std::uint64_t bytes = 0;
  for (;;) {
    if (!from.body_ready()) {
      const net::Deadline flush_deadline = net::Clock::now() + write;
      auto flushed = co_await to.flush(flush_deadline);
      if (!flushed) co_return ended(PumpEnd::WriteFailed, flushed.error(), bytes);
    }
    if (!buffer) buffer = std::make_unique_for_overwrite<std::uint8_t[]>(kBufferSize);
    const std::span<std::uint8_t> room(buffer.get(), kBufferSize);
    const net::Deadline read_deadline = net::Clock::now() + read;
    auto got = co_await from.read_body(room, read_deadline);
    if (!got) co_return ended(PumpEnd::ReadFailed, got.error(), bytes);
    if (*got == 0) break;
    const std::span<const std::uint8_t> piece(buffer.get(), *got);
    const net::Deadline write_deadline = net::Clock::now() + write;
    auto written = co_await to.write_body(piece, write_deadline);
    if (!written) co_return ended(PumpEnd::WriteFailed, written.error(), bytes);
    bytes += *got;
  }
  const net::Deadline finish_deadline = net::Clock::now() + write;
  auto finished = co_await to.finish(from.trailers(), finish_deadline);
  if (!finished) co_return ended(PumpEnd::WriteFailed, finished.error(), bytes);
  co_return ended(PumpEnd::Finished, net::Failure{}, bytes);
}

}  // namespace tlsward::serve
