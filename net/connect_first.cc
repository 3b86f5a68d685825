// Happy eyeballs: addresses are tried one after another without waiting for the one before to give up, so that a dead
// address costs a quarter of a second, not a timeout.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <utility>

#include "net/address_order.h"
#include "net/connect.h"
#include "net/system_failure.h"

namespace tlsward::net {
namespace {

constexpr std::chrono::milliseconds kNextAttempt{250};  // RFC 8305, 8: Connection Attempt Delay

struct Race {
  explicit Race(Loop& its_loop) : loop(its_loop), changed(its_loop) {}

  Loop& loop;
  Event changed;  // an attempt ended
  std::optional<Stream> winner;
  Failure last_failure;
  std::size_t last_failed = 0;  // index of that address
  TaskGroup attempts;           // last: they use all of the above
};

Task<void> attempt(Race& race, Address address, std::size_t index, Deadline deadline) {
  auto outcome = co_await connect(race.loop, address, deadline);
  race.changed.notify();
  if (outcome && !race.winner) race.winner = std::move(*outcome);
  if (outcome || index < race.last_failed) co_return;
  race.last_failed = index;
  race.last_failure = outcome.error();
}

}  // namespace

Task<Outcome<Stream>> connect_first(Loop& loop, std::vector<Address> addresses, Deadline deadline) {
  if (addresses.empty()) co_return Failure{Failure::Kind::Unresolved, "there is no address to connect to"};
  if (addresses.size() == 1) co_return co_await connect(loop, addresses[0], deadline);
  const std::vector<Address> order = by_turns(addresses);
  Race race(loop);
  for (std::size_t next = 0; !race.winner;) {
    const std::size_t running = race.attempts.running();
    if (next < order.size()) {
      race.attempts.spawn(attempt(race, order[next], next, deadline));
      ++next;
      // It failed at once: so does the next one start at once.
      if (race.winner || race.attempts.running() == running) continue;
    }
    if (race.attempts.running() == 0) break;
    const bool more = next < order.size();
    // Attempts end by themselves at the deadline.
    co_await race.changed.wait_until(more ? std::min(deadline, Clock::now() + kNextAttempt) : Deadline::max());
    if (loop.interrupted()) co_return wait_failure(Wake::Interrupted);
    if (more && !race.winner && Clock::now() >= deadline) co_return wait_failure(Wake::TimedOut);
  }
  if (race.winner) co_return std::move(*race.winner);
  co_return race.last_failure;
}

}  // namespace tlsward::net
