#include "net/listener.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "net/loop_impl.h"
#include "net/socket_address.h"
#include "net/stream_impl.h"
#include "net/system_failure.h"

namespace tlsward::net {

struct Listener::Impl {
  Impl(Loop& its_loop, int fd) : loop(its_loop), socket(its_loop.impl().reactor, its_loop.impl().waiters, fd) {}

  Loop& loop;
  Descriptor socket;
  Address address;
};

namespace {

using Kind = Failure::Kind;

constexpr int kBacklog = 4096;

Failure bind_failure(const Address& address, int error) {
  if (error == EADDRINUSE) return {Kind::Local, fmt::format("{} is taken by another program", text(address))};
  if (error == EACCES) return {Kind::Local, fmt::format("{} is for privileged users alone", text(address))};
  if (error == EADDRNOTAVAIL) return {Kind::Local, fmt::format("{} is no address of this machine", text(address))};
  return {Kind::Local, fmt::format("cannot listen on {}: {}", text(address), system_failure(error).message)};
}

void switch_on(int fd, int level, int option) {
  const int on = 1;
  ::setsockopt(fd, level, option, &on, sizeof on);
}

/// 0, or the error.
int start_to_listen(int fd, const Address& address, bool shared) {
  switch_on(fd, SOL_SOCKET, SO_REUSEADDR);
  if (shared) switch_on(fd, SOL_SOCKET, SO_REUSEPORT);
  if (address.v6) switch_on(fd, IPPROTO_IPV6, IPV6_V6ONLY);
  const SocketAddress at = socket_address(address);
  if (::bind(fd, at.get(), at.size) != 0 || ::listen(fd, kBacklog) != 0) return errno;
  return 0;
}

bool is_passing(int error) {
  // RFC 9293 and accept(2): errors of the connection that was to be accepted, not of the listener.
  return error == EINTR || error == ECONNABORTED || error == EPROTO || error == ENETDOWN || error == EHOSTUNREACH ||
         error == ENETUNREACH || error == ETIMEDOUT;
}

Address to_address(const sockaddr_storage& storage, socklen_t size) {
  return address_of(reinterpret_cast<const sockaddr*>(&storage), size).value_or(Address{});
}

Outcome<Stream> accepted(Listener::Impl& it, int fd, const Address& from) {
  Descriptor socket(it.loop.impl().reactor, it.loop.impl().waiters, fd);
  switch_on(fd, IPPROTO_TCP, TCP_NODELAY);
  if (!socket.attach()) return Failure{Kind::Local, "this system cannot watch one more socket"};
  return Stream(std::make_unique<Stream::Impl>(it.loop, std::move(socket), from));
}

Task<Outcome<Stream>> accept_next(Listener::Impl* it) {
  for (;;) {
    if (it == nullptr || it->socket.fd() < 0) co_return wait_failure(Wake::Closed);
    if (it->loop.interrupted()) co_return wait_failure(Wake::Interrupted);
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = ::accept4(it->socket.fd(), reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) co_return accepted(*it, fd, to_address(from, size));
    if (is_passing(errno)) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) co_return Failure{Kind::Local, system_failure(errno).message};
    const Wake wake = co_await it->socket.readable(Deadline::max());
    if (wake != Wake::Ready) co_return wait_failure(wake);
  }
}

}  // namespace

Listener::Listener(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::Listener(Listener&&) noexcept = default;
Listener& Listener::operator=(Listener&&) noexcept = default;
Listener::~Listener() = default;

Outcome<Listener> Listener::open(Loop& loop, const Address& address, bool shared) {
  const int fd = ::socket(address.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return bind_failure(address, errno);
  auto impl = std::make_unique<Impl>(loop, fd);
  if (const int error = start_to_listen(fd, address, shared)) return bind_failure(address, error);
  if (!impl->socket.attach()) return Failure{Kind::Local, "this system cannot watch one more socket"};
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size);
  impl->address = to_address(bound, size);
  return Listener(std::move(impl));
}

const Address& Listener::address() const {
  return impl_->address;
}

Task<Outcome<Stream>> Listener::accept() {
  return accept_next(impl_.get());
}

void Listener::close() {
  if (impl_) impl_->socket.close();
}

}  // namespace tlsward::net
