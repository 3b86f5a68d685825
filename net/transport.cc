// OpenSSL works on the socket itself (stream_bio.h): what it cannot do at once is waited for here. Nothing of a
// Transport is touched after a wait that failed, since it may be gone by then.
#include "net/transport.h"

#include <openssl/err.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <optional>
#include <utility>

#include "net/stream_bio.h"
#include "net/stream_impl.h"
#include "net/system_failure.h"
#include "pki/openssl_error.h"

namespace tlsward::net {

struct Transport::Impl {
  Stream stream;
  SslPtr tls;  // after the stream: it goes first
  bool truncated = false;
  bool broken = false;  // OpenSSL must not be asked any more
  bool said_goodbye = false;
};

namespace {

using Kind = Failure::Kind;

constexpr std::size_t kMaxDiscarded = 64 * 1024;

enum class Want : std::uint8_t { Read, Write };

Failure openssl_failure(const unsigned long error) {
  const char* words = ERR_reason_error_string(error);
  return {Kind::Protocol, words ? words : "OpenSSL gave up without a reason"};
}

/// What OpenSSL waits for after it returned `returned`, or why it failed.
Result<Want, Failure> judge(Transport::Impl& it, int returned) {
  const int error = SSL_get_error(it.tls.get(), returned);
  if (error == SSL_ERROR_WANT_READ) return Want::Read;
  if (error == SSL_ERROR_WANT_WRITE) return Want::Write;
  it.broken = true;
  const Stream::Impl& socket = *it.stream.impl();
  const unsigned long reason = ERR_peek_error();
  pki::drop_openssl_errors();
  if (socket.bio_error != 0) return system_failure(socket.bio_error);
  if (socket.bio_ended && (reason == 0 || ERR_GET_REASON(reason) == SSL_R_UNEXPECTED_EOF_WHILE_READING)) {
    it.truncated = true;
    return Failure{Kind::Closed, "the peer closed the connection"};
  }
  return openssl_failure(reason);
}

std::optional<Failure> closed_or_interrupted(Transport::Impl* it) {
  if (it == nullptr || !it->stream.is_open()) return wait_failure(Wake::Closed);
  if (it->stream.loop().interrupted()) return wait_failure(Wake::Interrupted);
  return {};
}

std::optional<Failure> unusable(Transport::Impl* it) {
  if (auto failure = closed_or_interrupted(it)) return failure;
  if (it->broken) return Failure{Kind::Closed, "the TLS connection is over"};
  return {};
}

Task<Wake> wait(Transport::Impl& it, Want want, Deadline deadline) {
  Descriptor& socket = it.stream.impl()->socket;
  if (want == Want::Read) {
    const Wake wake = co_await socket.readable(deadline);
    co_return wake;
  }
  const Wake wake = co_await socket.writable(deadline);
  co_return wake;
}

Task<Outcome<Nothing>> shake_hands(Transport::Impl* it, Deadline deadline) {
  if (auto failure = unusable(it)) co_return std::move(*failure);
  while (it->tls) {
    pki::drop_openssl_errors();
    const int returned = SSL_do_handshake(it->tls.get());
    if (returned == 1) break;
    auto want = judge(*it, returned);
    if (!want) co_return want.error();
    const Wake wake = co_await wait(*it, *want, deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
  co_return Nothing{};
}

Task<Outcome<std::size_t>> read_tls(Transport::Impl* it, std::span<std::uint8_t> into, Deadline deadline) {
  assert(!into.empty());
  for (;;) {
    if (it->truncated) co_return std::size_t{0};
    if (auto failure = unusable(it)) co_return std::move(*failure);
    pki::drop_openssl_errors();
    std::size_t got = 0;
    const int returned = SSL_read_ex(it->tls.get(), into.data(), into.size(), &got);
    if (returned == 1) co_return got;
    if (SSL_get_error(it->tls.get(), returned) == SSL_ERROR_ZERO_RETURN) co_return std::size_t{0};
    auto want = judge(*it, returned);
    if (!want && it->truncated) continue;
    if (!want) co_return want.error();
    const Wake wake = co_await wait(*it, *want, deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
}

Task<Outcome<Nothing>> write_tls(Transport::Impl* it, std::span<const std::uint8_t> bytes, Deadline deadline) {
  while (!bytes.empty()) {
    if (auto failure = unusable(it)) co_return std::move(*failure);
    pki::drop_openssl_errors();
    std::size_t sent = 0;
    const int returned = SSL_write_ex(it->tls.get(), bytes.data(), bytes.size(), &sent);
    if (returned == 1) {
      bytes = bytes.subspan(sent);
      continue;
    }
    auto want = judge(*it, returned);
    if (!want) co_return want.error();
    const Wake wake = co_await wait(*it, *want, deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
  co_return Nothing{};
}

Task<Outcome<Nothing>> wait_for_bytes(Transport::Impl* it, Deadline deadline) {
  if (auto failure = closed_or_interrupted(it)) co_return std::move(*failure);
  if (it->tls && SSL_has_pending(it->tls.get())) co_return Nothing{};
  if (!it->stream.impl()->unread.empty()) co_return Nothing{};
  const Wake wake = co_await it->stream.impl()->socket.readable(deadline);
  if (wake != Wake::Ready) co_return wait_failure(wake);
  co_return Nothing{};
}

Task<Outcome<Nothing>> say_goodbye(Transport::Impl* it, Deadline deadline) {
  if (auto failure = closed_or_interrupted(it)) co_return std::move(*failure);
  if (std::exchange(it->said_goodbye, true)) co_return Nothing{};
  while (it->tls && !it->broken && SSL_is_init_finished(it->tls.get())) {
    pki::drop_openssl_errors();
    const int returned = SSL_shutdown(it->tls.get());
    if (returned >= 0) break;
    auto want = judge(*it, returned);
    if (!want) break;
    const Wake wake = co_await wait(*it, *want, deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
  ::shutdown(it->stream.impl()->socket.fd(), SHUT_WR);
  co_return Nothing{};
}

/// Takes what the peer still sends, so that the kernel has no reason for a reset.
Task<Outcome<Nothing>> discard(Transport::Impl* it, Deadline deadline) {
  std::array<std::uint8_t, 4096> buffer;
  for (std::size_t left = kMaxDiscarded; left > 0;) {
    auto got = co_await it->stream.read_some(buffer, deadline);
    if (!got) co_return got.error();
    if (*got == 0) break;
    left -= std::min(left, *got);
  }
  co_return Nothing{};
}

}  // namespace

Transport::Transport() = default;
Transport::Transport(Stream stream) : impl_(std::make_unique<Impl>()) {
  impl_->stream = std::move(stream);
}

Transport::Transport(Stream stream, SslPtr tls) : Transport(std::move(stream)) {
  impl_->tls = std::move(tls);
  BIO* bio = new_stream_bio(impl_->stream.impl());
  SSL_set_bio(impl_->tls.get(), bio, bio);
  SSL_set_mode(impl_->tls.get(),
               SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_set_read_ahead(impl_->tls.get(), 1);
}

Transport::Transport(Transport&&) noexcept = default;
Transport& Transport::operator=(Transport&&) noexcept = default;
Transport::~Transport() = default;

Task<Outcome<Nothing>> Transport::handshake(Deadline deadline) {
  return shake_hands(impl_.get(), deadline);
}

Task<Outcome<std::size_t>> Transport::read_some(std::span<std::uint8_t> into, Deadline deadline) {
  if (impl_ && impl_->tls) return read_tls(impl_.get(), into, deadline);
  static Stream closed;
  return impl_ ? impl_->stream.read_some(into, deadline) : closed.read_some(into, deadline);
}

Task<Outcome<Nothing>> Transport::readable(Deadline deadline) {
  return wait_for_bytes(impl_.get(), deadline);
}

bool Transport::has_pending() const {
  if (!is_open()) return false;
  return (impl_->tls && SSL_has_pending(impl_->tls.get()) == 1) || !impl_->stream.impl()->unread.empty();
}

Task<Outcome<Nothing>> Transport::write_all(std::span<const std::uint8_t> bytes, Deadline deadline) {
  if (impl_ && impl_->tls) return write_tls(impl_.get(), bytes, deadline);
  static Stream closed;
  return impl_ ? impl_->stream.write_all(bytes, deadline) : closed.write_all(bytes, deadline);
}

Task<Outcome<Nothing>> Transport::write_plain(std::span<const std::uint8_t> bytes, Deadline deadline) {
  return impl_->stream.write_all(bytes, deadline);
}

Task<Outcome<Nothing>> Transport::end_writing(Deadline deadline) {
  return say_goodbye(impl_.get(), deadline);
}

Task<void> Transport::close_gracefully(Deadline deadline) {
  auto ended = co_await say_goodbye(impl_.get(), deadline);
  if (!ended) {
    // Where it was closed meanwhile this object may be gone.
    if (ended.error().kind != Kind::Closed) close();
    co_return;
  }
  auto discarded = co_await discard(impl_.get(), deadline);
  if (!discarded && discarded.error().kind == Kind::Closed) co_return;
  close();
}

void Transport::close(bool abort) {
  if (impl_) impl_->stream.close(abort);
}

bool Transport::is_open() const {
  return impl_ && impl_->stream.is_open();
}

bool Transport::truncated() const {
  return impl_ && impl_->truncated;
}

bool Transport::peer_stirred() const {
  if (!is_open() || !impl_->stream.impl()->unread.empty()) return true;
  if (impl_->tls) {
    // A session ticket is no news to anybody but OpenSSL.
    if (impl_->broken) return true;
    std::uint8_t byte = 0;
    pki::drop_openssl_errors();
    std::size_t got = 0;
    const int returned = SSL_peek_ex(impl_->tls.get(), &byte, 1, &got);
    return returned == 1 || SSL_get_error(impl_->tls.get(), returned) != SSL_ERROR_WANT_READ;
  }
  std::uint8_t byte = 0;
  const ssize_t got = ::recv(impl_->stream.impl()->socket.fd(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

SSL* Transport::tls() const {
  return impl_ ? impl_->tls.get() : nullptr;
}

const Address& Transport::peer() const {
  return impl_->stream.peer();
}

Loop& Transport::loop() {
  return impl_->stream.loop();
}

}  // namespace tlsward::net
