// The insides of a Loop, for net/ alone.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "core/task.h"
#include "net/loop.h"
#include "net/reactor.h"
#include "net/resolver_pool.h"
#include "net/waiter.h"

namespace tlsward::net {

struct Loop::Impl {
  Impl() : reactor([this] { waiters.expire(); }), waiters(reactor) {}

  /// Starts what was spawned since the last time.
  void start_spawned();

  Reactor reactor;
  Waiters waiters;
  std::atomic<bool> interrupted = false;
  std::unique_ptr<ResolverPool> resolvers;  // from the first name on
  std::vector<Task<void>> spawned;          // not started yet
  std::size_t running = 0;                  // started or not, and not ended
  TaskGroup tasks;                          // last: tasks use all of the above until they are gone
};

}  // namespace tlsward::net
