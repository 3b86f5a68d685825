#include "net/deadline_queue.h"

#include <array>
#include <chrono>
#include <random>
#include <set>
#include <vector>

#include "tests/catch.h"

namespace tlsward::net {
namespace {

Deadline at(int seconds) {
  return Deadline(std::chrono::seconds(seconds));
}

Timed timed(int seconds) {
  return {at(seconds)};
}

}  // namespace

TEST_CASE("deadline queue: gives the earliest first, in whatever order they came") {
  std::array<Timed, 5> all = {timed(3), timed(1), timed(5), timed(2), timed(4)};
  DeadlineQueue queue;
  for (Timed& one : all) queue.add(one);
  std::vector<Deadline> order;
  while (!queue.empty()) {
    order.push_back(queue.earliest().deadline);
    queue.remove(queue.earliest());
  }
  CHECK(order == std::vector<Deadline>{at(1), at(2), at(3), at(4), at(5)});
}

TEST_CASE("deadline queue: what is removed is not queued any more and may come back") {
  Timed one = timed(1), two = timed(2);
  DeadlineQueue queue;
  queue.add(one);
  queue.add(two);
  queue.remove(one);
  CHECK_FALSE(one.queued());
  CHECK(&queue.earliest() == &two);
  queue.add(one);
  CHECK(&queue.earliest() == &one);
}

TEST_CASE("deadline queue: keeps its order through ten thousand additions and removals") {
  std::mt19937 random(20230417);
  std::vector<Timed> all(200);
  std::multiset<Deadline> expected;
  DeadlineQueue queue;
  for (int step = 0; step < 10'000; ++step) {
    Timed& one = all[random() % all.size()];
    if (one.queued()) {
      expected.erase(expected.find(one.deadline));
      queue.remove(one);
    } else {
      one.deadline = at(static_cast<int>(random() % 50));
      expected.insert(one.deadline);
      queue.add(one);
    }
    REQUIRE(queue.empty() == expected.empty());
    if (!queue.empty()) REQUIRE(queue.earliest().deadline == *expected.begin());
  }
}

}  // namespace tlsward::net
