// What a connection means that was closed without a word: "no" to this hello, or "too many" to any.
//
// A refusal depends on what was asked, a limit does not. So a question that was dropped is asked again, between others
// that are answered: three drops, with one answered connection after the first, two after the second and one after the
// third, opened in that order, and nothing new dropped shortly before the third, are a refusal (a limit that lets
// through every second or third connection would have hit the others or spared the question). Whatever is dropped once
// and answered once, on the other hand, shows a limit: then no number of drops is a refusal, and a question that is
// dropped all the same, right behind a drop of something else or behind several answers, stays unknown. Where there are
// no other questions, a control is asked: a hello that was answered before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "probe/plan/plan.h"

namespace tlsward::probe {

class Doubt {
 public:
  /// Connections are numbered in the order in which they were opened.
  using Connection = std::uint64_t;
  /// What to do with a question that was dropped.
  enum class Advice : std::uint8_t {
    Wait,    // ask again when take_ready says so
    GiveUp,  // dropped too often to tell
  };

  /// A question (or, without a number, the control) was answered on `connection`.
  void answered(std::optional<Plan::Number> question, Connection connection);
  /// It was closed without a word.
  Advice dropped(Plan::Number question, Connection connection);
  void control_dropped(Connection connection);

  /// So many were dropped in a row that the control should be asked before any other question.
  bool suspects_limit() const;
  /// Something was dropped and answered: the server limits connections.
  bool shows_limit() const { return limit_; }
  /// Questions that wait for others to be answered first.
  std::size_t waiting() const { return waiting_.size(); }
  /// Those that need wait no longer: to be asked again, before any other question, or to be judged a refusal. With a
  /// limit known at most one.
  struct Ready {
    Plan::Number question;
    bool refusal;
    bool decisive;  // asked after a rest, so that a limit is no reason to drop it again
  };
  std::vector<Ready> take_ready();
  /// All that wait, to be asked again: for a server that never answered anything, where there is nothing to wait for.
  std::vector<Plan::Number> take_all();
  /// How often the question was dropped.
  std::size_t drops(Plan::Number question) const;

 private:
  struct Record {
    std::size_t drops = 0;
    Connection last = 0;
  };
  void see(Connection connection, bool limited);
  void find_limit();
  bool is_ready(const Record& record) const;
  std::size_t answered_after(Connection connection) const;

  std::map<Plan::Number, Record> waiting_, again_;
  std::vector<Connection> answered_;
  struct Latest {
    Connection connection = 0;
    bool limited = false;  // it was dropped, and nothing says that this was for its content
  };
  Latest latest_;
  std::size_t dropped_in_a_row_ = 0;
  std::size_t answers_in_a_row_ = 0;  // since something was dropped for the first time
  bool limit_ = false;
};

}  // namespace tlsward::probe
