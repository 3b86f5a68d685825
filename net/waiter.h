// What a task that waits leaves behind in its loop. Private to net/.
//
// A Waiter is what a task awaits: it lives in the task's frame, stands in the loop's queue of deadlines and, where
// somebody else may wake it, in that one's WaitList. It leaves both when it is woken or when its frame goes away, so
// nobody ever resumes a task that is gone.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>

#include "net/deadline_queue.h"

namespace tlsward::net {

class Reactor;
class Waiters;
class Waiter;

/// Why a waiter goes on.
enum class Wake : std::uint8_t {
  Ready,        // what it waited for has come
  TimedOut,     // its deadline passed
  Interrupted,  // Loop::interrupt
  Closed,       // what it waited for has gone away
};

/// The waiters for one thing. Those that still wait when it goes away are woken as Closed.
class WaitList {
 public:
  explicit WaitList(Waiters& all) : all_(all) {}
  ~WaitList();
  WaitList(const WaitList&) = delete;
  WaitList& operator=(const WaitList&) = delete;

  Waiters& all() const { return all_; }
  bool empty() const { return first_ == nullptr; }
  /// Resumes the waiters of this moment, inside this call.
  void resume_all(Wake why);
  /// Has the waiters of this moment resumed by the loop, after this call.
  void wake_all(Wake why);

 private:
  friend Waiter;
  friend Waiters;
  Waiters& all_;
  Waiter* first_ = nullptr;
  Waiter* last_ = nullptr;
  std::size_t size_ = 0;
};

/// Awaitable, once: gives the reason why it went on. A deadline that has passed and an interrupted loop do not wait.
class [[nodiscard]] Waiter : private Timed {
 public:
  /// Waits for the deadline alone.
  Waiter(Waiters& all, Deadline until) : Waiter(all, nullptr, until) {}
  /// Waits for whoever wakes `list`.
  Waiter(WaitList& list, Deadline until) : Waiter(list.all(), &list, until) {}
  ~Waiter() { leave(); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<> waiting);
  Wake await_resume() const noexcept { return why_; }

 private:
  friend WaitList;
  friend Waiters;
  Waiter(Waiters& all, WaitList* list, Deadline until);
  void enter(WaitList& list);
  void leave_list();
  void leave();
  void resume(Wake why);

  Waiters& all_;
  WaitList* list_;  // in it while suspended; null: in none
  Waiter* before_ = nullptr;
  Waiter* after_ = nullptr;
  std::coroutine_handle<> waiting_;
  Wake why_ = Wake::TimedOut;
};

/// All waiters of one loop.
class Waiters {
 public:
  explicit Waiters(Reactor& reactor) : reactor_(reactor), ready_(*this) {}
  Waiters(const Waiters&) = delete;
  Waiters& operator=(const Waiters&) = delete;

  /// Resumes those whose deadline has passed. The reactor's alarm calls it.
  void expire();
  /// Resumes all, and lets nobody wait any more.
  void interrupt();

 private:
  friend WaitList;
  friend Waiter;
  void add(Waiter& waiter);
  void set_alarm();
  void schedule(Waiter& waiter, Wake why);
  void resume_ready();

  Reactor& reactor_;
  DeadlineQueue queue_;
  WaitList ready_;  // woken, not resumed yet
  bool resume_posted_ = false;
  bool interrupted_ = false;
  Deadline alarm_ = Deadline::max();
};

}  // namespace tlsward::net
