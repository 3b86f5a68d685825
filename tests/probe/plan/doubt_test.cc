#include "probe/plan/doubt.h"

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

/// How many questions of `doubt` are ready to be asked again; fails the test where one is judged.
std::size_t ready_again(Doubt& doubt) {
  std::size_t count = 0;
  for (const Doubt::Ready& ready : doubt.take_ready()) {
    CHECK_FALSE(ready.refusal);
    ++count;
  }
  return count;
}

constexpr Plan::Number kDoubtful = 1, kOther = 2;

}  // namespace

TEST_CASE("doubt: three drops, with one, two and one answered connections between them, are a refusal") {
  Doubt doubt;
  CHECK(doubt.dropped(kDoubtful, 1) == Doubt::Advice::Wait);
  CHECK(ready_again(doubt) == 0);
  doubt.answered(kOther, 2);
  CHECK(ready_again(doubt) == 1);

  CHECK(doubt.dropped(kDoubtful, 3) == Doubt::Advice::Wait);
  doubt.answered(kOther, 4);
  CHECK(ready_again(doubt) == 0);
  doubt.answered(kOther, 5);
  CHECK(ready_again(doubt) == 1);

  CHECK(doubt.dropped(kDoubtful, 6) == Doubt::Advice::Wait);
  CHECK(doubt.take_ready().empty());
  doubt.answered(kOther, 7);
  const auto ready = doubt.take_ready();
  REQUIRE(ready.size() == 1);
  CHECK(ready.front().question == kDoubtful);
  CHECK(ready.front().refusal);
  CHECK(doubt.drops(kDoubtful) == 3);
  CHECK_FALSE(doubt.shows_limit());
}

TEST_CASE("doubt: the third try waits until nothing new was dropped for three answers") {
  Doubt doubt;
  doubt.dropped(kDoubtful, 1);
  doubt.answered(kOther, 2);
  CHECK(ready_again(doubt) == 1);
  doubt.dropped(kDoubtful, 3);
  doubt.answered(kOther, 4);
  doubt.dropped(7, 5);
  doubt.answered(kOther, 6);
  CHECK(ready_again(doubt) == 1);  // the other one
  doubt.answered({}, 7);
  CHECK(ready_again(doubt) == 0);
  doubt.answered({}, 8);
  const auto ready = doubt.take_ready();
  REQUIRE(ready.size() == 1);
  CHECK(ready.front().question == kDoubtful);
}

TEST_CASE("doubt: an answer on a connection that was opened before the drop proves nothing") {
  Doubt doubt;
  doubt.dropped(kDoubtful, 5);
  doubt.answered(kOther, 4);
  CHECK(ready_again(doubt) == 0);
  doubt.answered(kOther, 6);
  CHECK(ready_again(doubt) == 1);
}

TEST_CASE("doubt: the control counts as an answer, and no answer of its shows a limit") {
  Doubt doubt;
  doubt.dropped(kDoubtful, 1);
  doubt.answered({}, 2);
  CHECK(ready_again(doubt) == 1);
  CHECK_FALSE(doubt.shows_limit());
}

TEST_CASE("doubt: what is dropped once and answered once shows a limit") {
  Doubt doubt;
  doubt.dropped(kDoubtful, 1);
  doubt.answered(kOther, 2);
  CHECK(ready_again(doubt) == 1);
  CHECK_FALSE(doubt.shows_limit());
  doubt.answered(kDoubtful, 3);
  CHECK(doubt.shows_limit());
  CHECK(doubt.drops(kDoubtful) == 0);
}

TEST_CASE("doubt: a control that is dropped shows a limit") {
  Doubt doubt;
  doubt.control_dropped(1);
  CHECK(doubt.shows_limit());
}

TEST_CASE("doubt: with a limit known no number of drops is a refusal") {
  Doubt doubt;
  Doubt::Connection connection = 0;
  doubt.control_dropped(++connection);
  for (int drop = 1; drop <= 23; ++drop) {
    CAPTURE(drop);
    CHECK(doubt.dropped(kDoubtful, ++connection) == Doubt::Advice::Wait);
    doubt.answered({}, ++connection);
    CHECK(doubt.take_ready().empty());
    doubt.control_dropped(++connection);
    const auto ready = doubt.take_ready();
    REQUIRE(ready.size() == 1);
    CHECK_FALSE(ready.front().refusal);
    CHECK(ready.front().decisive == (drop >= 2));
  }
  CHECK(doubt.dropped(kDoubtful, ++connection) == Doubt::Advice::GiveUp);
}

TEST_CASE("doubt: with a limit known that drops nothing for a while, the number of answers between two tries varies") {
  Doubt doubt;
  Doubt::Connection connection = 0;
  doubt.control_dropped(++connection);
  std::vector<int> answers;
  while (answers.size() < 6) {
    doubt.dropped(kDoubtful, ++connection);
    answers.push_back(0);
    std::vector<Doubt::Ready> ready;
    while (ready.empty()) {
      REQUIRE(++answers.back() < 10);
      doubt.answered({}, ++connection);
      ready = doubt.take_ready();
    }
    CHECK_FALSE(ready.front().refusal);
  }
  CHECK(answers == std::vector<int>{4, 5, 3, 4, 5, 3});
}

TEST_CASE("doubt: four drops in a row make a limit likely enough to ask the control first") {
  Doubt doubt;
  for (Plan::Number question = 1; question <= 3; ++question) doubt.dropped(question, question);
  CHECK_FALSE(doubt.suspects_limit());
  doubt.dropped(4, 4);
  CHECK(doubt.suspects_limit());
  SECTION("an answer clears the suspicion") {
    doubt.answered({}, 5);
    CHECK_FALSE(doubt.suspects_limit());
    CHECK_FALSE(doubt.shows_limit());
  }
  SECTION("a drop of the control proves it") {
    doubt.control_dropped(5);
    CHECK_FALSE(doubt.suspects_limit());
    CHECK(doubt.shows_limit());
  }
}

TEST_CASE("doubt: with a limit known questions are asked again one at a time") {
  Doubt doubt;
  doubt.dropped(1, 1);
  doubt.dropped(3, 2);
  doubt.answered({}, 3);
  doubt.control_dropped(4);
  REQUIRE(doubt.take_ready().size() == 1);
  CHECK(doubt.waiting() == 1);
}

TEST_CASE("doubt: drops from before a limit was known count as one") {
  Doubt doubt;
  Doubt::Connection connection = 0;
  for (int drop = 1; drop <= 2; ++drop) {
    doubt.dropped(kDoubtful, ++connection);
    doubt.answered(kOther, ++connection);
    doubt.answered(kOther, ++connection);
    CHECK(ready_again(doubt) == 1);
  }
  doubt.dropped(kDoubtful, ++connection);
  CHECK(doubt.drops(kDoubtful) == 3);
  doubt.control_dropped(++connection);
  CHECK(doubt.drops(kDoubtful) == 1);
}

TEST_CASE("doubt: twenty-four drops that nothing told apart are given up") {
  Doubt doubt;
  for (Doubt::Connection drop = 1; drop <= 23; ++drop) {
    CHECK(doubt.dropped(kDoubtful, drop) == Doubt::Advice::Wait);
    CHECK(doubt.drops(kDoubtful) == drop);
    CHECK(doubt.take_all() == std::vector<Plan::Number>{kDoubtful});
    CHECK(doubt.waiting() == 0);
  }
  CHECK(doubt.dropped(kDoubtful, 24) == Doubt::Advice::GiveUp);
  CHECK(doubt.waiting() == 0);
}

TEST_CASE("doubt: several questions wait side by side, each for itself") {
  Doubt doubt;
  doubt.dropped(1, 1);
  doubt.dropped(3, 4);
  CHECK(doubt.waiting() == 2);
  doubt.answered(kOther, 2);
  const auto ready = doubt.take_ready();
  REQUIRE(ready.size() == 1);
  CHECK(ready.front().question == 1);
  CHECK(doubt.waiting() == 1);
}

}  // namespace tlsward::probe
