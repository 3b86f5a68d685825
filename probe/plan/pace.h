// How fast one address is asked: as many connections side by side as the user allows, fewer as soon as the server drops
// them, and then one at a time with a pause between. Arithmetic on times that the caller passes.
#pragma once

#include <chrono>

namespace tlsward::probe {

class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  /// `most`: connections at a time, at least 1. `gap`: the least time between two of them that the user wants.
  Pace(int most, std::chrono::milliseconds gap) : window_(most), least_gap_(gap), gap_(gap) {}

  /// Connections that may be open at a time.
  int window() const { return window_; }
  /// When the next one may be opened.
  Clock::time_point earliest() const;
  /// False: nothing is opened ahead of a question.
  bool may_open_ahead() const { return !careful_; }

  void opened(Clock::time_point now);
  /// Much depends on the next connection: a pause before it that any limit would be content with.
  void rest_before_next() { resting_ = true; }
  /// The server was seen to drop what it answers at other times: it limits connections. From now on one at a time.
  void limit_found();
  bool limit_was_found() const { return limited_; }
  /// Several connections at once were not served: from now on one at a time, without a pause.
  void one_at_a_time();
  bool is_one_at_a_time() const { return window_ == 1; }
  /// An answer took much longer than others did: one connection less at a time, but never less than two.
  void slowed();
  /// What became of a connection, once a limit was found: the pause grows with each drop and shrinks with each answer,
  /// so that it settles where the server just answers.
  void answered();
  void dropped();
  /// The pause of now.
  Clock::duration gap() const { return gap_; }

 private:
  int window_;
  Clock::duration least_gap_, gap_;
  Clock::time_point last_{};
  bool limited_ = false, careful_ = false, resting_ = false;
};

}  // namespace tlsward::probe
