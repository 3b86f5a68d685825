#include "probe/plan/plan.h"

#include <memory>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/probe/plan/scripted_scan.h"
#include "tests/probe/plan/servers.h"

namespace tlsward::tests {
namespace {

using probe::Answer;
using probe::Ask;
using probe::Plan;
using probe::Seen;

Ask question(std::string purpose, bool more_follow = false) {
  Ask ask;
  ask.purpose = std::move(purpose);
  ask.more_follow = more_follow;
  return ask;
}

Answer answer_with(std::string words) {
  Answer answer;
  answer.seen = Seen::Hello;
  answer.words = std::move(words);
  return answer;
}

/// Asks one after the other and writes down the answers.
Task<void> ask_all(Plan& plan, std::vector<Ask> questions, std::vector<std::string>& heard) {
  for (Ask& next : questions) {
    const Answer answer = co_await plan.ask(std::move(next));
    heard.push_back(answer.seen == Seen::NotAsked ? "not asked" : answer.words);
  }
}

Task<void> hold(Plan& plan, std::shared_ptr<int> held) {
  co_await plan.ask(question("holding"));
  *held = 1;
}

}  // namespace

TEST_CASE("plan: questions are taken in the order in which they were asked") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one")}, heard));
  plan.spawn(ask_all(plan, {question("two")}, heard));
  CHECK(plan.queued() == 2);
  const auto one = plan.take(), two = plan.take();
  REQUIRE(one);
  REQUIRE(two);
  CHECK(plan.question(*one).purpose == "one");
  CHECK(plan.question(*two).purpose == "two");
  CHECK(plan.queued() == 0);
  CHECK_FALSE(plan.take());
}

TEST_CASE("plan: the answer reaches the task that asked, which goes on at once and may ask more") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one"), question("two")}, heard));
  const auto one = plan.take();
  REQUIRE(one);
  plan.answer(*one, answer_with("yes"));
  CHECK(heard == std::vector<std::string>{"yes"});
  CHECK_FALSE(plan.done());
  const auto two = plan.take();
  REQUIRE(two);
  CHECK(plan.question(*two).purpose == "two");
  plan.answer(*two, answer_with("no"));
  CHECK(heard == std::vector<std::string>{"yes", "no"});
  CHECK(plan.done());
}

TEST_CASE("plan: questions may be answered in any order") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one")}, heard));
  plan.spawn(ask_all(plan, {question("two")}, heard));
  const auto one = plan.take(), two = plan.take();
  plan.answer(*two, answer_with("second"));
  plan.answer(*one, answer_with("first"));
  CHECK(heard == std::vector<std::string>{"second", "first"});
}

TEST_CASE("plan: a question that is put back is the next one to be taken") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one")}, heard));
  plan.spawn(ask_all(plan, {question("two")}, heard));
  const auto one = plan.take();
  plan.put_back(*one);
  CHECK(plan.queued() == 2);
  CHECK(plan.take() == one);
}

TEST_CASE("plan: a second answer to the same question is nobody's") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one"), question("two")}, heard));
  const auto one = plan.take();
  plan.answer(*one, answer_with("yes"));
  plan.answer(*one, answer_with("yes again"));
  CHECK(heard == std::vector<std::string>{"yes"});
}

TEST_CASE("plan: questions that wait for their answer and will be followed are counted") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one", true)}, heard));
  plan.spawn(ask_all(plan, {question("two", false)}, heard));
  plan.spawn(ask_all(plan, {question("three", true)}, heard));
  CHECK(plan.followed() == 0);
  const auto one = plan.take();
  CHECK(plan.followed() == 1);
  plan.take();
  CHECK(plan.followed() == 1);
  plan.take();
  CHECK(plan.followed() == 2);
  plan.answer(*one, answer_with("yes"));
  CHECK(plan.followed() == 1);
}

TEST_CASE("plan: closing answers what waits and whatever comes later, so that every task ends") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("taken"), question("later")}, heard));
  plan.spawn(ask_all(plan, {question("queued")}, heard));
  plan.take();
  plan.close();
  CHECK(plan.done());
  CHECK(heard == std::vector<std::string>{"not asked", "not asked", "not asked"});
  CHECK(plan.queued() == 0);
  plan.spawn(ask_all(plan, {question("too late")}, heard));
  CHECK(plan.done());
  CHECK(heard.size() == 4);
}

TEST_CASE("plan: an answer that comes after the end is nobody's") {
  Plan plan;
  std::vector<std::string> heard;
  plan.spawn(ask_all(plan, {question("one")}, heard));
  const auto one = plan.take();
  plan.close();
  plan.answer(*one, answer_with("late"));
  CHECK(heard == std::vector<std::string>{"not asked"});
}

TEST_CASE("plan: destroying it destroys the tasks that wait") {
  const auto held = std::make_shared<int>(0);
  {
    Plan plan;
    plan.spawn(hold(plan, held));
    plan.spawn(hold(plan, held));
    plan.take();
    CHECK(held.use_count() == 3);
  }
  CHECK(held.use_count() == 1);
  CHECK(*held == 0);
}

TEST_CASE("plan: a scan that is closed or given up after any number of questions ends") {
  const ScriptedServer server = nginx_like();
  const bool closes = GENERATE(true, false);
  for (std::size_t answered = 0; answered < 60; answered += 3) {
    CAPTURE(answered, closes);
    probe::HostResult result;
    Plan plan;
    probe::ScanPlan scan{plan, result, probe::HelloWriter("www.example.org", 1), /*all=*/true, nullptr};
    plan.spawn(probe::ask_everything(scan));
    for (std::size_t i = 0; i < answered; ++i) {
      const auto number = plan.take();
      if (!number) break;
      plan.answer(*number, server.answer(plan.question(*number)));
    }
    if (!closes) continue;
    plan.close();
    CHECK(plan.done());
    CHECK_FALSE(result.is_complete());
    for (const auto& [version, told] : result.versions) {
      CAPTURE(tls::name(version), told.evidence);
      CHECK_FALSE(told.evidence.empty());
      const bool has_it = server.suites.contains(version);
      CHECK(told.verdict != (has_it ? probe::Verdict::Refused : probe::Verdict::Accepted));
    }
  }
}

}  // namespace tlsward::tests
