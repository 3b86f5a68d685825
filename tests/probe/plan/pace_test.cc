#include "probe/plan/pace.h"

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

const Pace::Clock::time_point kNoon{std::chrono::hours(12)};

}  // namespace

TEST_CASE("pace: without a limit there are as many connections as the user allows, and no pause") {
  Pace pace(4, 0ms);
  pace.opened(kNoon);
  CHECK(pace.window() == 4);
  CHECK(pace.earliest() == kNoon);
  CHECK(pace.may_open_ahead());
  pace.dropped();
  pace.answered();
  CHECK(pace.gap() == 0ms);
  CHECK_FALSE(pace.limit_was_found());
}

TEST_CASE("pace: the first connection need not wait for the user's pause, the next one must") {
  Pace pace(4, 250ms);
  CHECK(pace.earliest() <= kNoon);
  pace.opened(kNoon);
  CHECK(pace.earliest() == kNoon + 250ms);
}

TEST_CASE("pace: a limit means one connection at a time, with a pause, and none ahead") {
  Pace pace(8, 0ms);
  pace.limit_found();
  pace.opened(kNoon);
  CHECK(pace.window() == 1);
  CHECK(pace.is_one_at_a_time());
  CHECK_FALSE(pace.may_open_ahead());
  CHECK(pace.limit_was_found());
  CHECK(pace.earliest() == kNoon + 100ms);
}

TEST_CASE("pace: a limit that is found again changes nothing") {
  Pace pace(8, 0ms);
  pace.limit_found();
  pace.dropped();
  const auto gap = pace.gap();
  pace.limit_found();
  CHECK(pace.gap() == gap);
}

TEST_CASE("pace: a server that serves one at a time is asked so, without a pause") {
  Pace pace(8, 0ms);
  pace.one_at_a_time();
  pace.opened(kNoon);
  CHECK(pace.window() == 1);
  CHECK(pace.earliest() == kNoon);
  CHECK_FALSE(pace.may_open_ahead());
  CHECK_FALSE(pace.limit_was_found());
}

TEST_CASE("pace: the pause grows by half with each drop, to two seconds at most") {
  Pace pace(1, 0ms);
  pace.limit_found();
  pace.dropped();
  CHECK(pace.gap() == 150ms);
  pace.dropped();
  CHECK(pace.gap() == 225ms);
  for (int i = 0; i < 100; ++i) pace.dropped();
  CHECK(pace.gap() == 2s);
}

TEST_CASE("pace: the pause shrinks with each answer, never below the user's") {
  Pace pace(1, 60ms);
  pace.limit_found();
  CHECK(pace.gap() == 100ms);
  pace.answered();
  CHECK(pace.gap() > 66ms);
  CHECK(pace.gap() < 67ms);
  pace.answered();
  CHECK(pace.gap() == 60ms);
  pace.answered();
  CHECK(pace.gap() == 60ms);
}

TEST_CASE("pace: the user's pause stays where it is longer than that of a limit") {
  Pace pace(3, 700ms);
  pace.limit_found();
  CHECK(pace.gap() == 700ms);
}

TEST_CASE("pace: it finds back from no pause at all") {
  Pace pace(1, 0ms);
  pace.limit_found();
  for (int i = 0; i < 200; ++i) pace.answered();
  CHECK(pace.gap() < 1ms);
  for (int i = 0; i < 20; ++i) pace.dropped();
  CHECK(pace.gap() > 1s);
}

TEST_CASE("pace: where every second connection is dropped whatever the pause, the pause does not grow") {
  Pace pace(1, 0ms);
  pace.limit_found();
  for (int i = 0; i < 1000; ++i) {
    pace.dropped();
    pace.answered();
  }
  CHECK(pace.gap() <= 100ms);
}

TEST_CASE("pace: a rest is four times the pause, half a second to two seconds, and for one connection") {
  Pace pace(1, 0ms);
  pace.limit_found();
  pace.opened(kNoon);
  pace.rest_before_next();
  CHECK(pace.earliest() == kNoon + 500ms);
  pace.opened(kNoon);
  CHECK(pace.earliest() == kNoon + 100ms);
  for (int i = 0; i < 2; ++i) pace.dropped();
  pace.rest_before_next();
  CHECK(pace.earliest() == kNoon + 900ms);
  for (int i = 0; i < 100; ++i) pace.dropped();
  pace.rest_before_next();
  CHECK(pace.earliest() == kNoon + 2s);
}

TEST_CASE("pace: a rest is no shorter than the user's pause") {
  Pace pace(1, 5s);
  pace.limit_found();
  pace.opened(kNoon);
  pace.rest_before_next();
  CHECK(pace.earliest() == kNoon + 5s);
}

}  // namespace tlsward::probe
