// The scan of one address: connections are opened ahead of the questions, questions go out as the pace allows, and what
// was dropped or not answered is asked again until it is clear what that means.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "core/task.h"
#include "net/connect.h"
#include "net/loop.h"
#include "probe/plan/doubt.h"
#include "probe/plan/pace.h"
#include "probe/plan/plan.h"
#include "probe/plan/scan_plan.h"
#include "probe/result.h"
#include "probe/scan.h"

namespace tlsward::probe {

class HostScan {
 public:
  /// `result` has target, host, port, address and sni, and gets the rest. All references outlive `run`.
  HostScan(net::Loop& loop, const ScanOptions& options, net::Destination destination, net::StartTls starttls,
           HostResult& result);

  /// Asks everything. Returns by the deadline, with every connection closed.
  Task<void> run();
  /// A connection that was opened already, to start with.
  void give(net::Stream stream);

 private:
  using Number = Plan::Number;
  using Connection = Doubt::Connection;
  /// A connection that is open and not used yet.
  struct Ready {
    net::Stream stream;
    Connection number;
  };

  // Connections.
  void pump();
  void assign();
  void open_connections();
  Task<void> open();
  void connection_failed(const net::Failure& failure);
  Task<void> exchange(Ready ready, std::optional<Number> question, Ask ask);
  bool wants_control() const;
  std::chrono::milliseconds step() const;
  net::Deadline step_deadline() const;

  // Answers.
  void settle(std::optional<Number> question, Connection connection, Answer answer);
  void settle_dropped(std::optional<Number> question, Connection connection, Answer answer);
  void settle_silent(std::optional<Number> question, Connection connection, Answer answer);
  void give_answer(Number question, Answer answer);
  void ask_doubtful_again();
  bool waits_in_line() const;
  void found_limit();
  void stop(Trouble::Kind kind, std::string message);
  void finish();
  void note_limits();
  void changed();

  net::Loop& loop_;
  const ScanOptions& options_;
  net::Destination destination_;
  net::StartTls starttls_;
  HostResult& result_;
  net::Deadline deadline_;
  Plan plan_;
  ScanPlan scan_;
  Pace pace_;
  Doubt doubt_;
  net::Event event_;
  TaskGroup work_;
  std::deque<Ready> ready_;
  std::optional<Ask> control_;  // a hello that was answered
  std::map<Number, int> silences_;
  std::string last_drop_;
  Connection last_connection_ = 0;
  int opening_ = 0, exchanging_ = 0, controls_ = 0;
  int failures_in_a_row_ = 0;
  std::size_t answered_ = 0, dropped_ = 0, answered_before_limit_ = 0, silent_refusals_ = 0;
  net::Deadline limit_since_{}, last_answer_{};
  Connection last_answered_ = 0;
  Connection asked_again_ = 0;  // of the last question that was silent before
  std::chrono::milliseconds slowest_{0}, fastest_{std::chrono::hours(1)};
  bool connected_ = false, dirty_ = false;
};

}  // namespace tlsward::probe
