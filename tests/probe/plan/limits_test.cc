// Doubt and pace together, against servers that drop connections by a rule. The driver is a small model of the scan's:
// questions are asked in turn, several side by side where the pace allows it, and a control where nothing else can
// tell. Time is simulated.
#include <deque>
#include <functional>
#include <map>
#include <set>

#include "probe/plan/doubt.h"
#include "probe/plan/pace.h"
#include "tests/catch.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;
using Time = Pace::Clock::time_point;
using Number = Plan::Number;

/// Whether the connection is dropped, whatever is asked on it.
using Limit = std::function<bool(Doubt::Connection, Time)>;

Limit every(Doubt::Connection nth) {
  return [nth](Doubt::Connection connection, Time) { return connection % nth == 0; };
}

/// Lets `burst` connections through, and then `per_second`.
Limit token_bucket(double burst, double per_second) {
  return [=, tokens = burst, last = Time{}](Doubt::Connection, Time now) mutable {
    tokens = std::min(burst, tokens + per_second * std::chrono::duration<double>(now - last).count());
    last = now;
    if (tokens < 1) return true;
    tokens -= 1;
    return false;
  };
}

struct Outcome {
  std::set<Number> answered, refused, given_up;
  bool limit = false;
  Doubt::Connection connections = 0;
  Pace::Clock::duration took{}, gap{};
};

class Driver {
 public:
  Driver(std::size_t questions, std::set<Number> dropped_by_content, Limit limit, int window,
         std::chrono::milliseconds exchange = 10ms)
      : refusals_(std::move(dropped_by_content)), limit_(std::move(limit)), pace_(window, 0ms), exchange_(exchange) {
    for (Number number = 1; number <= questions; ++number) queue_.push_back(number);
  }

  Outcome run() {
    constexpr Doubt::Connection kMost = 5000;
    while (outcome_.connections < kMost) {
      judge();
      if (queue_.empty() && doubt_.waiting() == 0) break;
      serve(open());
    }
    CHECK(outcome_.connections < kMost);
    outcome_.limit = doubt_.shows_limit();
    outcome_.took = now_ - Time{};
    outcome_.gap = pace_.gap();
    return outcome_;
  }

 private:
  struct Exchange {
    Doubt::Connection connection;
    std::optional<Number> question;
    bool dropped;
  };

  void judge() {
    for (const Doubt::Ready& ready : doubt_.take_ready()) {
      if (ready.refusal)
        outcome_.refused.insert(ready.question);
      else
        queue_.push_front(ready.question);
      if (ready.decisive) pace_.rest_before_next();
    }
  }

  /// As many exchanges as the pace allows side by side; a control where no question can be asked.
  std::vector<Exchange> open() {
    std::vector<Exchange> exchanges;
    while (exchanges.size() < static_cast<std::size_t>(pace_.window())) {
      if (queue_.empty() && !exchanges.empty()) break;
      now_ = std::max(now_, pace_.earliest());
      pace_.opened(now_);
      Exchange exchange{++outcome_.connections, {}, false};
      if (!queue_.empty() && !doubt_.suspects_limit()) {
        exchange.question = queue_.front();
        queue_.pop_front();
      }
      const bool refused = exchange.question && refusals_.contains(*exchange.question);
      exchange.dropped = limit_(exchange.connection, now_) || refused;
      exchanges.push_back(exchange);
    }
    now_ += exchange_;
    return exchanges;
  }

  void serve(const std::vector<Exchange>& exchanges) {
    for (const Exchange& exchange : exchanges) {
      if (exchange.dropped)
        drop(exchange);
      else
        answer(exchange);
      if (doubt_.shows_limit()) pace_.limit_found();
    }
  }

  void answer(const Exchange& exchange) {
    pace_.answered();
    doubt_.answered(exchange.question, exchange.connection);
    if (exchange.question) outcome_.answered.insert(*exchange.question);
  }

  void drop(const Exchange& exchange) {
    pace_.dropped();
    if (!exchange.question)
      doubt_.control_dropped(exchange.connection);
    else if (doubt_.dropped(*exchange.question, exchange.connection) == Doubt::Advice::GiveUp)
      outcome_.given_up.insert(*exchange.question);
  }

  std::set<Number> refusals_;
  Limit limit_;
  Pace pace_;
  std::chrono::milliseconds exchange_;  // takes so long
  Doubt doubt_;
  std::deque<Number> queue_;
  Time now_{};
  Outcome outcome_;
};

bool no_limit(Doubt::Connection, Time) {
  return false;
}

}  // namespace

TEST_CASE("limits: without a limit whatever is closed for its content is found to be refused, and nothing else") {
  const int window = GENERATE(1, 2, 4, 8);
  CAPTURE(window);
  const Outcome outcome = Driver(30, {3, 7, 8, 9, 30}, no_limit, window).run();
  CHECK(outcome.refused == std::set<Number>{3, 7, 8, 9, 30});
  CHECK(outcome.answered.size() == 25);
  CHECK(outcome.given_up.empty());
  CHECK_FALSE(outcome.limit);
}

TEST_CASE("limits: one refusal alone is found with the help of the control") {
  const Outcome outcome = Driver(1, {1}, no_limit, 1).run();
  CHECK(outcome.refused == std::set<Number>{1});
  CHECK_FALSE(outcome.limit);
}

TEST_CASE("limits: a server that drops every nth connection refuses nothing") {
  const Doubt::Connection nth = GENERATE(2u, 3u, 4u, 5u);
  const int window = GENERATE(1, 2, 3, 4);
  const std::size_t questions = GENERATE(1u, 2u, 3u, 10u, 40u);
  CAPTURE(nth, window, questions);
  const Outcome outcome = Driver(questions, {}, every(nth), window).run();
  CHECK(outcome.refused.empty());
  CHECK(outcome.given_up.empty());
  CHECK(outcome.answered.size() == questions);
  if (questions >= 10) CHECK(outcome.limit);
}

TEST_CASE("limits: behind a token bucket nothing is refused, and the scan is not much slower than the limit") {
  const double burst = GENERATE(1.0, 5.0, 20.0);
  const double per_second = GENERATE(2.0, 5.0);
  const int window = GENERATE(1, 4);
  const auto exchange = GENERATE(1ms, 10ms, 80ms);
  CAPTURE(burst, per_second, window, exchange.count());
  const Outcome outcome = Driver(60, {}, token_bucket(burst, per_second), window, exchange).run();
  CHECK(outcome.refused.empty());
  CHECK(outcome.given_up.empty());
  CHECK(outcome.answered.size() == 60);
  // An ideal client would know the rate.
  const double ideal = (60 - burst) / per_second;
  CHECK(std::chrono::duration<double>(outcome.took).count() < 4 * ideal + 5);
  CHECK(std::chrono::duration<double>(outcome.gap).count() < 4 / per_second);
}

TEST_CASE(
    "limits: behind a limit whatever is answered is told so, and what is closed for its content is not answered") {
  const int window = GENERATE(1, 4);
  const Limit limit = GENERATE(every(2), every(3), every(4), every(7), token_bucket(5, 5), token_bucket(10, 2));
  CAPTURE(window);
  const std::set<Number> closed = {5, 6, 20};
  const Outcome outcome = Driver(40, closed, limit, window).run();
  CHECK(outcome.answered.size() == 37);
  std::set<Number> not_answered = outcome.refused;
  not_answered.insert(outcome.given_up.begin(), outcome.given_up.end());
  CHECK(not_answered == closed);
  CHECK(outcome.limit);
}

}  // namespace tlsward::probe
