#include "net/stream.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "net/stream_impl.h"
#include "net/system_failure.h"

namespace tlsward::net {
namespace {

bool would_block(int error) {
  return error == EAGAIN || error == EWOULDBLOCK;
}

/// Why `stream` can be used no more, if so.
std::optional<Failure> closed_or_interrupted(const Stream::Impl* stream) {
  if (stream == nullptr || stream->socket.fd() < 0) return wait_failure(Wake::Closed);
  if (stream->loop.interrupted()) return wait_failure(Wake::Interrupted);
  return {};
}

// After a wait that failed `stream` may be gone.
Task<Outcome<std::size_t>> read(Stream::Impl* stream, std::span<std::uint8_t> into, Deadline deadline) {
  assert(!into.empty());
  if (auto failure = closed_or_interrupted(stream)) co_return std::move(*failure);
  if (!stream->unread.empty()) co_return take_unread(*stream, into);
  for (;;) {
    const ssize_t got = ::recv(stream->socket.fd(), into.data(), into.size(), 0);
    if (got >= 0) co_return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    if (!would_block(errno)) co_return system_failure(errno);
    const Wake wake = co_await stream->socket.readable(deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
}

Task<Outcome<Nothing>> write(Stream::Impl* stream, std::span<const std::uint8_t> bytes, Deadline deadline) {
  if (auto failure = closed_or_interrupted(stream)) co_return std::move(*failure);
  while (!bytes.empty()) {
    const ssize_t sent = ::send(stream->socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (!would_block(errno)) co_return system_failure(errno);
    const Wake wake = co_await stream->socket.writable(deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
  co_return Nothing{};
}

}  // namespace

std::size_t take_unread(Stream::Impl& stream, std::span<std::uint8_t> into) {
  const std::size_t size = std::min(into.size(), stream.unread.size() - stream.unread_begin);
  std::memcpy(into.data(), stream.unread.data() + stream.unread_begin, size);
  stream.unread_begin += size;
  if (stream.unread_begin < stream.unread.size()) return size;
  stream.unread.clear();
  stream.unread_begin = 0;
  return size;
}

Stream::Stream() = default;
Stream::Stream(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Stream::Stream(Stream&&) noexcept = default;
Stream& Stream::operator=(Stream&&) noexcept = default;
Stream::~Stream() = default;

Task<Outcome<std::size_t>> Stream::read_some(std::span<std::uint8_t> into, Deadline deadline) {
  return read(impl_.get(), into, deadline);
}

Task<Outcome<Nothing>> Stream::write_all(std::span<const std::uint8_t> bytes, Deadline deadline) {
  return write(impl_.get(), bytes, deadline);
}

void Stream::unread(std::span<const std::uint8_t> bytes) {
  auto& kept = impl_->unread;
  kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(std::exchange(impl_->unread_begin, 0)));
  kept.insert(kept.begin(), bytes.begin(), bytes.end());
}

void Stream::close(bool abort) {
  if (!is_open()) return;
  if (abort) {
    const linger reset{1, 0};
    ::setsockopt(impl_->socket.fd(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  }
  impl_->socket.close();
}

Stream::Impl* Stream::impl() {
  return impl_.get();
}

bool Stream::is_open() const {
  return impl_ && impl_->socket.fd() >= 0;
}

const Address& Stream::peer() const {
  return impl_->peer;
}

Loop& Stream::loop() {
  return impl_->loop;
}

}  // namespace tlsward::net
