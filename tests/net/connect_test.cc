#include "net/connect.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "net/address_order.h"
#include "net/socket_address.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::net {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::Listener;
using test::RefusingPort;
using test::shortly;
using test::SilentPort;
using test::soon;
using Kind = Failure::Kind;

Failure failure_of(const Outcome<Stream>& outcome) {
  REQUIRE_FALSE(outcome);
  return outcome.error();
}

/// Lets this process open no descriptor more while it lives.
class NoDescriptorsLeft {
 public:
  NoDescriptorsLeft() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(0);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(next);
    ::close(next);
    setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptorsLeft() { setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptorsLeft(const NoDescriptorsLeft&) = delete;
  NoDescriptorsLeft& operator=(const NoDescriptorsLeft&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("connect: to a port that listens") {
  const Listener listener;
  Loop loop;
  const auto stream = await(loop, connect(loop, listener.address(), soon()));
  REQUIRE(stream);
  CHECK(stream->is_open());
  CHECK(stream->peer() == listener.address());
}

TEST_CASE("connect: a port that nobody listens on refuses") {
  const RefusingPort port;
  Loop loop;
  const Failure failure = failure_of(await(loop, connect(loop, port.address(), soon())));
  CHECK(failure.kind == Kind::Refused);
  CHECK(failure.message == "connection refused");
}

TEST_CASE("connect: a port that does not answer costs no more than the deadline") {
  const SilentPort port;
  Loop loop;
  const Deadline deadline = shortly();
  const Failure failure = failure_of(await(loop, connect(loop, port.address(), deadline)));
  CHECK(failure.kind == Kind::TimedOut);
  CHECK(Clock::now() >= deadline);
}

TEST_CASE("connect: an interrupt from another thread ends it") {
  const SilentPort port;
  Loop loop;
  std::thread other([&] { loop.interrupt(); });
  const Failure failure = failure_of(await(loop, connect(loop, port.address(), Clock::now() + 1h)));
  other.join();
  CHECK(failure.kind == Kind::Interrupted);
}

TEST_CASE("connect: without a descriptor left the failure is this side's own") {
#ifdef __SANITIZE_ADDRESS__
  // The undefined-behaviour sanitizer opens a pipe to look at an object's memory, and takes one that it cannot open for
  // a broken object.
  WARN("SKIPPED: the sanitizers need descriptors of their own");
  return;
#endif
  const Listener listener;
  Loop loop;
  std::optional<Outcome<Stream>> outcome;
  {
    const NoDescriptorsLeft none;
    outcome.emplace(await(loop, connect(loop, listener.address(), soon())));
  }
  const Failure failure = failure_of(*outcome);
  CHECK(failure.kind == Kind::Local);
  CHECK(failure.message == "this process has no file descriptor left (ulimit -n)");
}

TEST_CASE("connect: an address that can be nobody's is unreachable") {
  Loop loop;
  CHECK(failure_of(await(loop, connect(loop, *parse_ip("255.255.255.255", 443), shortly()))).kind == Kind::Unreachable);
}

TEST_CASE("connect: a socket's own address is known") {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const test::PeerSocket owner(fd);
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  const SocketAddress any = socket_address(*parse_ip("127.0.0.1", 0));
  REQUIRE(::bind(fd, any.get(), any.size) == 0);
  REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) == 0);
  Address address = *address_of(reinterpret_cast<const sockaddr*>(&own), size);
  CHECK(is_own_address(fd, address));
  // It may even connect to itself.
  CHECK(::connect(fd, reinterpret_cast<const sockaddr*>(&own), size) == 0);
  CHECK(is_own_address(fd, address));
  ++address.port;
  CHECK_FALSE(is_own_address(fd, address));
}

TEST_CASE("connect first: one dead address costs nothing where another answers") {
  const RefusingPort refusing;
  const Listener listener;
  Loop loop;
  const auto stream = await(loop, connect_first(loop, {refusing.address(), listener.address()}, soon()));
  REQUIRE(stream);
  CHECK(stream->peer() == listener.address());
}

TEST_CASE("connect first: an address that is silent holds up the next one for a quarter of a second") {
  const SilentPort silent;
  const Listener listener;
  Loop loop;
  const auto begin = Clock::now();
  const auto stream = await(loop, connect_first(loop, {silent.address(), listener.address()}, soon()));
  REQUIRE(stream);
  CHECK(stream->peer() == listener.address());
  CHECK(Clock::now() >= begin + 250ms);
  CHECK(Clock::now() < begin + 10s);
}

TEST_CASE("connect first: the first address wins where it answers") {
  const Listener first, second;
  Loop loop;
  const auto stream = await(loop, connect_first(loop, {first.address(), second.address()}, soon()));
  REQUIRE(stream);
  CHECK(stream->peer() == first.address());
}

TEST_CASE("connect first: the failure is the last address's") {
  const RefusingPort refusing;
  const SilentPort silent;
  Loop loop;
  const Deadline deadline = Clock::now() + 300ms;
  CHECK(failure_of(await(loop, connect_first(loop, {refusing.address(), silent.address()}, shortly()))).kind ==
        Kind::TimedOut);
  CHECK(failure_of(await(loop, connect_first(loop, {silent.address(), refusing.address()}, deadline))).kind ==
        Kind::Refused);
}

TEST_CASE("connect first: families take turns, IPv6 first") {
  std::vector<std::string> order;
  std::vector<Address> addresses;
  for (const char* ip : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"})
    addresses.push_back(*parse_ip(ip, 443));
  for (const Address& address : by_turns(addresses)) order.push_back(ip_text(address));
  CHECK(order == std::vector<std::string>{"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "192.0.2.3"});
}

TEST_CASE("connect first: silent addresses cost no more than the deadline") {
  const SilentPort first, second, third;
  Loop loop;
  const Deadline deadline = Clock::now() + 50ms;
  const std::vector<Address> addresses = {first.address(), second.address(), third.address()};
  CHECK(failure_of(await(loop, connect_first(loop, addresses, deadline))).kind == Kind::TimedOut);
  CHECK(Clock::now() >= deadline);
}

TEST_CASE("connect first: an interrupt ends it") {
  const SilentPort first, second;
  Loop loop;
  std::thread other([&] { loop.interrupt(); });
  const auto outcome = await(loop, connect_first(loop, {first.address(), second.address()}, Clock::now() + 1h));
  other.join();
  CHECK(failure_of(outcome).kind == Kind::Interrupted);
}

TEST_CASE("connect first: no address is no connection") {
  Loop loop;
  const Failure failure = failure_of(await(loop, connect_first(loop, {}, soon())));
  CHECK(failure.kind == Kind::Unresolved);
  CHECK(failure.message == "there is no address to connect to");
}

TEST_CASE("connect: a destination without a proxy is connected to directly") {
  const RefusingPort refusing;
  const Listener listener;
  Loop loop;
  Destination destination;
  destination.addresses = {refusing.address(), listener.address()};
  const auto stream = await(loop, connect(loop, destination, soon()));
  REQUIRE(stream);
  CHECK(stream->peer() == listener.address());
}

}  // namespace tlsward::net
