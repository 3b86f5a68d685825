// The questions of one scan that are open: those that wait to be asked, and those that wait for their answer. Questions
// are asked by tasks, answers come from whoever drives the plan (probe/scan, or a script in a test). No sockets, no
// clock.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "core/task.h"
#include "probe/plan/ask.h"

namespace tlsward::probe {

class Plan {
 public:
  /// Names one question while it is open.
  using Number = std::uint64_t;

  Plan() = default;
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  // For the tasks that ask.
  /// Starts a task that asks. It must not outlive the plan.
  void spawn(Task<void> task) { tasks_.spawn(std::move(task)); }
  /// Puts the question and waits for its answer.
  auto ask(Ask question) {
    struct Awaiter {
      Plan& plan;
      Open open;
      bool await_ready() const noexcept { return plan.closed_; }
      void await_suspend(std::coroutine_handle<> waiting) {
        open.waiting = waiting;
        plan.put(open);
      }
      Answer await_resume() noexcept { return std::move(open.answer); }
    };
    return Awaiter{*this, Open{std::move(question), {}, {}}};
  }

  // For the driver.
  /// The next question that waits to be asked, taken out of the queue; nullopt where none waits.
  std::optional<Number> take();
  /// The question, valid until it is answered.
  const Ask& question(Number number) const { return open_.at(number)->question; }
  /// Puts a question that was taken back to the front, to be asked again.
  void put_back(Number number) { queue_.push_front(number); }
  /// Gives the answer; the task that asked goes on at once and may ask more.
  void answer(Number number, Answer answer);
  /// Ends the plan: every open question, and every later one, is answered NotAsked at once.
  void close();
  /// Questions that wait to be asked.
  std::size_t queued() const { return queue_.size(); }
  /// Questions that wait for their answer and will be followed by another.
  std::size_t followed() const;
  /// No task is left.
  bool done() const { return tasks_.running() == 0; }

 private:
  struct Open {
    Ask question;
    Answer answer;
    std::coroutine_handle<> waiting;
  };
  void put(Open& open);

  // Open questions live in the frames of the tasks that asked them.
  std::map<Number, Open*> open_;
  std::deque<Number> queue_;
  Number last_ = 0;
  bool closed_ = false;
  TaskGroup tasks_;
};

}  // namespace tlsward::probe
