#include "net/connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "net/loop_impl.h"
#include "net/socket_address.h"
#include "net/stream_impl.h"
#include "net/system_failure.h"

namespace tlsward::net {
namespace {

using Kind = Failure::Kind;

int open_socket(const Address& address, int type) {
  return ::socket(address.v6 ? AF_INET6 : AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/// For IPv6, EADDRNOTAVAIL also says that this system has no address to speak to that one from. A datagram socket needs
/// a route and an address as well, but no free port of TCP.
bool has_source_address(const Address& address) {
  const int fd = open_socket(address, SOCK_DGRAM);
  if (fd < 0) return true;
  const SocketAddress to = socket_address(address);
  const bool connected = ::connect(fd, to.get(), to.size) == 0;
  ::close(fd);
  return connected;
}

Failure connect_failure(const Address& address, int error) {
  if (error == EADDRNOTAVAIL && address.v6 && !has_source_address(address))
    return {Kind::Unreachable, "this system has no IPv6 address to reach it from"};
  return system_failure(error);
}

int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) return errno;
  return error;
}

}  // namespace

Task<Outcome<Stream>> connect(Loop& loop, Address address, Deadline deadline) {
  if (loop.interrupted()) co_return wait_failure(Wake::Interrupted);
  const int fd = open_socket(address, SOCK_STREAM);
  if (fd < 0) co_return system_failure(errno);
  Descriptor socket(loop.impl().reactor, loop.impl().waiters, fd);
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const SocketAddress to = socket_address(address);
  const int error = ::connect(fd, to.get(), to.size) == 0 ? 0 : errno;
  if (error != 0 && error != EINPROGRESS) co_return connect_failure(address, error);
  if (!socket.attach()) co_return Failure{Kind::Local, "this system cannot watch one more socket"};
  if (error == EINPROGRESS) {
    const Wake wake = co_await socket.writable(deadline);
    if (wake != Wake::Ready) co_return wait_failure(wake);
    if (const int late = pending_error(fd)) co_return connect_failure(address, late);
  }
  if (is_loopback(address) && is_own_address(fd, address)) co_return system_failure(ECONNREFUSED);
  co_return Stream(std::make_unique<Stream::Impl>(loop, std::move(socket), address));
}

}  // namespace tlsward::net
