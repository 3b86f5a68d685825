// Servers drawn at random: whatever they accept, in whatever order, is found exactly. The seeds stand here, so that
// every run draws the same servers.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "tests/probe/plan/word_chooser.h"

namespace tlsward::tests {
namespace {

using probe::Order;
using Words = std::vector<std::string>;

struct Drawn {
  Words pool, accepted;
  probe::EnumerationOptions<std::string> options;
};

std::size_t draw(std::mt19937& random, std::size_t least, std::size_t most) {
  return std::uniform_int_distribution<std::size_t>(least, most)(random);
}

Words shuffled(Words items, std::mt19937& random) {
  std::shuffle(items.begin(), items.end(), random);
  return items;
}

Drawn draw_server(std::mt19937& random) {
  Drawn drawn;
  const std::size_t size = draw(random, 1, 40);
  for (std::size_t i = 0; i < size; ++i) drawn.pool.push_back(fmt::format("i{}", i));
  drawn.accepted = shuffled(drawn.pool, random);
  drawn.accepted.resize(draw(random, 0, size));
  drawn.options.room = draw(random, 1, 50);
  drawn.options.chains = draw(random, 1, 5);
  for (std::size_t i = draw(random, 0, 3); i > 0; --i) {
    Words order = shuffled(drawn.pool, random);
    order.resize(draw(random, 0, size));
    drawn.options.known_orders.push_back(std::move(order));
  }
  return drawn;
}

/// Two to begin with and two to compare, one for each item that is found, for each hello full of them and each chain;
/// then at most one for each item at the seams, and one to merge.
std::size_t most_questions(const Drawn& drawn) {
  const std::size_t offers = (drawn.pool.size() + drawn.options.room - 1) / drawn.options.room;
  return 4 + 3 * drawn.accepted.size() + 2 * offers + 2 * drawn.options.chains;
}

Words in_order_of(const Words& pool, const Words& items) {
  Words sorted;
  for (const std::string& item : pool)
    if (std::find(items.begin(), items.end(), item) != items.end()) sorted.push_back(item);
  return sorted;
}

}  // namespace

TEST_CASE("enumerate: a random server's own order is found exactly, in bounded questions") {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    const Drawn drawn = draw_server(random);
    WordChooser chooser(codes(drawn.accepted));
    const auto found = enumerated(chooser, drawn.pool, drawn.options);
    CAPTURE(seed, codes(drawn.accepted), drawn.options.room, found.order_evidence);
    CHECK(found.complete);
    CHECK(chooser.asked.size() <= most_questions(drawn));
    if (found.order == Order::Server) {
      CHECK(found.accepted == drawn.accepted);
    } else {
      CHECK(in_order_of(drawn.pool, found.accepted) == in_order_of(drawn.pool, drawn.accepted));
      const bool cannot_be_told = drawn.accepted.size() < 2 || drawn.accepted.size() > drawn.options.room;
      CHECK(cannot_be_told);
    }
  }
}

TEST_CASE("enumerate: all that a random server accepts in the client's order is found, in bounded questions") {
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random(seed);
    const Drawn drawn = draw_server(random);
    WordChooser chooser("[" + codes(drawn.accepted) + "]");
    const auto found = enumerated(chooser, drawn.pool, drawn.options);
    CAPTURE(seed, codes(drawn.accepted), drawn.options.room, found.order_evidence);
    CHECK(found.complete);
    CHECK(found.accepted == in_order_of(drawn.pool, drawn.accepted));
    CHECK(chooser.asked.size() <= most_questions(drawn));
    CHECK(found.order != Order::Server);
    const bool can_be_told = drawn.accepted.size() >= 2 && drawn.accepted.size() <= drawn.options.room;
    if (can_be_told) CHECK(found.order == Order::Client);
  }
}

}  // namespace tlsward::tests
