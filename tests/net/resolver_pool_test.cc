#include "net/resolver_pool.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "tests/catch.h"

namespace tlsward::net {
namespace {

/// Work that hangs until the test lets it go on. Shared, because the threads may outlive the test.
struct Hang {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> begun = 0;
};

/// Waits until `count` has come to `wanted`.
void reach(const std::atomic<int>& count, int wanted) {
  for (int seen = count; seen < wanted; seen = count) count.wait(seen);
}

void begin_and_hang(Hang& hang) {
  ++hang.begun;
  hang.begun.notify_all();
  hang.released.wait();
}

}  // namespace

TEST_CASE("resolver pool: does the work in a thread of its own") {
  ResolverPool pool;
  std::promise<std::thread::id> ran_in;
  REQUIRE(pool.run([&] { ran_in.set_value(std::this_thread::get_id()); }));
  CHECK(ran_in.get_future().get() != std::this_thread::get_id());
}

TEST_CASE("resolver pool: work that hangs holds up neither other work nor the pool's end") {
  const auto hang = std::make_shared<Hang>();
  {
    ResolverPool pool;
    for (std::size_t i = 0; i + 1 < ResolverPool::kMaxThreads; ++i) pool.run([hang] { begin_and_hang(*hang); });
    std::promise<void> done;
    pool.run([&] { done.set_value(); });
    done.get_future().wait();
  }
  hang->release.set_value();
}

TEST_CASE("resolver pool: has so many threads and no more") {
  const auto hang = std::make_shared<Hang>();
  const auto late = std::make_shared<std::atomic<int>>(0);
  {
    ResolverPool pool;
    for (std::size_t i = 0; i < ResolverPool::kMaxThreads; ++i) pool.run([hang] { begin_and_hang(*hang); });
    pool.run([late] {
      ++*late;
      late->notify_all();
    });
    reach(hang->begun, static_cast<int>(ResolverPool::kMaxThreads));
    CHECK(*late == 0);
    hang->release.set_value();
    reach(*late, 1);
  }
  CHECK(*late == 1);
}

TEST_CASE("resolver pool: work that has not begun goes with the pool") {
  const auto hang = std::make_shared<Hang>();
  const auto held = std::make_shared<int>(0);
  {
    ResolverPool pool;
    for (std::size_t i = 0; i < ResolverPool::kMaxThreads; ++i) pool.run([hang] { begin_and_hang(*hang); });
    pool.run([held] { *held += 1; });
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
  CHECK(*held == 0);
  hang->release.set_value();
}

}  // namespace tlsward::net
