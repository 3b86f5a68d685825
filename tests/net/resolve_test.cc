#include "net/resolve.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "net/loop_impl.h"
#include "net/resolver_pool.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::net {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::shortly;
using test::soon;
using Kind = Failure::Kind;

/// The addresses as text, or the failure's message.
std::vector<std::string> resolved(const std::string& host, Family family = Family::Any) {
  Loop loop;
  const auto addresses = await(loop, resolve(loop, host, 443, family, soon()));
  if (!addresses) return {addresses.error().message};
  std::vector<std::string> texts;
  for (const Address& address : *addresses) texts.push_back(text(address));
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("resolve: an address in text is itself") {
  CHECK(resolved("192.0.2.7") == Texts{"192.0.2.7:443"});
  CHECK(resolved("2001:db8::7") == Texts{"[2001:db8::7]:443"});
  CHECK(resolved("192.0.2.7", Family::V4) == Texts{"192.0.2.7:443"});
}

TEST_CASE("resolve: an address in text needs nobody's answer, not even before a deadline that has passed") {
  Loop loop;
  const auto addresses = await(loop, resolve(loop, "127.0.0.1", 1, Family::Any, Clock::now() - 1h));
  REQUIRE(addresses);
  CHECK(addresses->size() == 1);
}

TEST_CASE("resolve: an address of the other family is no answer") {
  CHECK(resolved("192.0.2.7", Family::V6) == Texts{"cannot resolve \"192.0.2.7\": not an IPv6 address"});
  CHECK(resolved("2001:db8::7", Family::V4) == Texts{"cannot resolve \"2001:db8::7\": not an IPv4 address"});
}

TEST_CASE("resolve: localhost has loopback addresses, each once") {
  Loop loop;
  const auto addresses = await(loop, resolve(loop, "localhost", 8443, Family::Any, soon()));
  REQUIRE(addresses);
  CHECK_FALSE(addresses->empty());
  for (const Address& address : *addresses) {
    CHECK(is_loopback(address));
    CHECK(address.port == 8443);
  }
  CHECK(std::set<Address>(addresses->begin(), addresses->end()).size() == addresses->size());
}

TEST_CASE("resolve: only the family that was asked for") {
  Loop loop;
  const auto addresses = await(loop, resolve(loop, "localhost", 443, Family::V4, soon()));
  REQUIRE(addresses);
  CHECK(std::none_of(addresses->begin(), addresses->end(), [](const Address& address) { return address.v6; }));
}

TEST_CASE("resolve: many names at once, more than there are threads") {
  Loop loop;
  int found = 0;
  const auto count = [](Loop& on, int& into) -> Task<void> {
    const auto addresses = co_await resolve(on, "localhost", 443, Family::V4, soon());
    if (addresses) ++into;
  };
  for (int i = 0; i < 50; ++i) loop.spawn(count(loop, found));
  loop.run();
  CHECK(found == 50);
}

TEST_CASE("resolve: a name that is none is unresolved, or its resolver slow") {
  Loop loop;
  const Deadline deadline = Clock::now() + 500ms;
  const auto addresses = await(loop, resolve(loop, "name.invalid", 443, Family::Any, deadline));
  REQUIRE_FALSE(addresses);
  const Kind kind = addresses.error().kind;
  CHECK((kind == Kind::Unresolved || kind == Kind::TimedOut));
  CHECK(addresses.error().message.find("\"name.invalid\"") != std::string::npos);
  CHECK(Clock::now() < deadline + 10s);
}

TEST_CASE("resolve: what cannot be a name is not asked for") {
  CHECK(resolved("") == Texts{"cannot resolve \"\": a host name has at least one character"});
  CHECK(resolved(std::string("127.0.0.1\0.example", 18)) ==
        Texts{"cannot resolve \"127.0.0.1\": a host name has no NUL character in it"});
  CHECK(resolved(std::string(300, 'a')) ==
        Texts{"cannot resolve \"" + std::string(64, 'a') + "...\": 300 characters; a name has at most 253"});
}

TEST_CASE("resolve: a deadline that has passed is a timeout, and the question is left behind") {
  Loop loop;
  const auto addresses = await(loop, resolve(loop, "localhost", 443, Family::Any, Clock::now() - 1s));
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().kind == Kind::TimedOut);
  CHECK(addresses.error().message == "the resolver did not answer for \"localhost\" in time");
}

TEST_CASE("resolve: a resolver that hangs holds up neither a deadline nor an interrupt nor the loop's end") {
  const auto release = std::make_shared<std::promise<void>>();
  const auto released = release->get_future().share();
  {
    Loop loop;
    loop.impl().resolvers = std::make_unique<ResolverPool>();
    for (std::size_t i = 0; i < ResolverPool::kMaxThreads; ++i)
      REQUIRE(loop.impl().resolvers->run([released] { released.wait(); }));
    const auto late = await(loop, resolve(loop, "localhost", 443, Family::Any, shortly()));
    REQUIRE_FALSE(late);
    CHECK(late.error().kind == Kind::TimedOut);
    std::thread other([&] { loop.interrupt(); });
    const auto interrupted = await(loop, resolve(loop, "localhost", 443, Family::Any, Clock::now() + 1h));
    other.join();
    REQUIRE_FALSE(interrupted);
    CHECK(interrupted.error().kind == Kind::Interrupted);
  }
  release->set_value();
}

TEST_CASE("resolve: nothing is asked in a loop that was interrupted") {
  Loop loop;
  loop.interrupt();
  const auto addresses = await(loop, resolve(loop, "localhost", 443, Family::Any, soon()));
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().kind == Kind::Interrupted);
  CHECK(loop.impl().resolvers == nullptr);
}

TEST_CASE("resolve: a task that asks may go away, with its loop, before the answer") {
  for (int i = 0; i < 20; ++i) {
    Loop loop;
    const auto ask_and_drop = [](Loop& on) -> Task<void> {
      const auto ask = [](Loop& with) -> Task<void> {
        (void)co_await resolve(with, "localhost", 443, Family::Any, soon());
      };
      TaskGroup group;
      group.spawn(ask(on));
      co_return;
    };
    await(loop, ask_and_drop(loop));
  }
}

}  // namespace tlsward::net
