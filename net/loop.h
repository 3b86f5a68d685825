// An event loop: one thread, any number of tasks. Boost.Asio stays behind this header.
#pragma once

#include <functional>
#include <memory>

#include "core/task.h"
#include "net/deadline.h"

namespace tlsward::net {

/// Runs tasks until all have ended. Everything but `interrupt` and `post` is for the loop's own thread.
class Loop {
 public:
  /// Throws std::runtime_error where the system has no descriptor left for it.
  Loop();
  /// Tasks that have not ended go with it.
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// Starts `task` the next time the loop runs.
  void spawn(Task<void> task);
  /// Runs until no task is left.
  void run();
  /// Ends every pending and every later operation with Failure::Kind::Interrupted, so that tasks end soon and `run`
  /// returns. From any thread; not from a signal handler.
  void interrupt();
  bool interrupted() const;
  /// Calls `function` in the loop's thread. From any thread.
  void post(std::function<void()> function);
  /// Waits until `deadline`, or until the loop is interrupted.
  Task<void> sleep_until(Deadline deadline);

  /// What net's own .cc files need.
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// Waiters that somebody else wakes, in the same loop.
class Event {
 public:
  explicit Event(Loop& loop);
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  /// Wakes those that wait now; they go on from the loop, not inside this call.
  void notify();
  /// Waits for the next notify, the deadline or an interrupt, whichever comes first. True where it was notified.
  Task<bool> wait_until(Deadline deadline);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::net
