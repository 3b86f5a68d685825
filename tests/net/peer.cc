#include "tests/net/peer.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <vector>

#include "net/socket_address.h"

namespace tlsward::test {
namespace {

int checked(int result) {
  if (result < 0) throw std::runtime_error("a socket of the test's own failed");
  return result;
}

/// Binds `fd` to a free port of 127.0.0.1.
net::Address bind_to_loopback(int fd) {
  const auto any = net::socket_address(*net::parse_ip("127.0.0.1", 0));
  checked(::bind(fd, any.get(), any.size));
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  checked(::getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &size));
  return *net::address_of(reinterpret_cast<const sockaddr*>(&bound), size);
}

int open_socket(int flags = 0) {
  return checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
}

}  // namespace

PeerSocket::PeerSocket(int fd) : fd_(fd) {
  const timeval patience{20, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

PeerSocket::~PeerSocket() {
  close();
}

void PeerSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void PeerSocket::send_byte_by_byte(std::string_view bytes) {
  for (const char& byte : bytes) send({&byte, 1});
}

std::string PeerSocket::receive(std::size_t size) {
  std::string bytes(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const ssize_t got = ::recv(fd_, bytes.data() + have, size - have, 0);
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

std::string PeerSocket::receive_until(std::string_view end) {
  std::string bytes;
  while (!bytes.ends_with(end)) {
    const std::string next = receive(1);
    if (next.empty()) break;
    bytes += next;
  }
  return bytes;
}

std::string PeerSocket::receive_end() {
  std::array<char, 64> buffer{};
  const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (got >= 0) return {buffer.data(), static_cast<std::size_t>(got)};
  return errno == ECONNRESET ? "reset" : "nothing came";
}

void PeerSocket::reset() {
  const linger now{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close();
}

void PeerSocket::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Listener::Listener(int backlog) : fd_(open_socket()), address_(bind_to_loopback(fd_)) {
  checked(::listen(fd_, backlog));
}

Listener::~Listener() {
  ::close(fd_);
}

PeerSocket Listener::accept() {
  return PeerSocket(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
}

void Listener::stop() {
  ::shutdown(fd_, SHUT_RDWR);
}

Server::Server(std::function<void(PeerSocket&)> talk)
    : thread_([this, talk = std::move(talk)] {
        for (;;) {
          PeerSocket peer = listener_.accept();
          if (peer.fd() < 0) return;
          talk(peer);
        }
      }) {}

void Server::stop() {
  listener_.stop();
  if (thread_.joinable()) thread_.join();
}

RefusingPort::RefusingPort() : fd_(open_socket()), address_(bind_to_loopback(fd_)) {}

RefusingPort::~RefusingPort() {
  ::close(fd_);
}

SilentPort::SilentPort() : listener_(0) {
  const auto to = net::socket_address(listener_.address());
  for (int tries = 0; tries < 16; ++tries) {
    const int fd = open_socket(SOCK_NONBLOCK);
    queued_.emplace_back(fd);
    if (::connect(fd, to.get(), to.size) == 0) continue;
    pollfd waiting{fd, POLLOUT, 0};
    if (::poll(&waiting, 1, 0) == 0) return;
  }
  throw std::runtime_error("the queue of a listening socket does not fill up");
}

}  // namespace tlsward::test
