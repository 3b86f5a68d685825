// Coroutines: a Task is a computation that may wait. What it waits for is somebody else's idea: the event loop of net/
// waits for sockets and timers, the scan plan of probe/ for answers. One thread at a time.
//
//   Task<int> twice(Loop& loop) {
//     co_await loop.sleep_until(deadline);
//     co_return 2;
//   }
#pragma once

#include <cassert>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <iterator>
#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace tlsward {

template <class T>
class Task;

namespace task_detail {

/// Goes on with whoever waits for the task that just ended.
struct FinalAwaiter {
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
    return ended.promise().continuation;
  }
  void await_resume() const noexcept {}
};

struct PromiseBase {
  std::coroutine_handle<> continuation = std::noop_coroutine();  // until the task has waited for something
  std::exception_ptr exception;

  std::suspend_always initial_suspend() const noexcept { return {}; }
  FinalAwaiter final_suspend() const noexcept { return {}; }
  void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template <class T>
struct Promise : PromiseBase {
  std::optional<T> value;

  Task<T> get_return_object();
  void return_value(T result) { value.emplace(std::move(result)); }
  T take() {
    if (exception) std::rethrow_exception(exception);
    return std::move(*value);
  }
};

template <>
struct Promise<void> : PromiseBase {
  Task<void> get_return_object();
  void return_void() const noexcept {}
  void take() const {
    if (exception) std::rethrow_exception(exception);
  }
};

}  // namespace task_detail

/// A computation that starts when it is awaited (or given to a TaskGroup) and gives a T once. Owns its frame: a Task
/// that goes away while it waits takes all that it awaits with it, so what it waits for must not call it any more.
template <class T = void>
class [[nodiscard]] Task {
 public:
  using promise_type = task_detail::Promise<T>;

  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Task(const Task&) = delete;
  Task& operator=(const Task&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  // Started by a plain call, so that a loop over tasks that end without waiting needs no stack: gcc transfers between
  // coroutines without one only when it optimizes.
  bool await_suspend(std::coroutine_handle<> waiting) {
    handle_.resume();
    if (handle_.done()) return false;
    handle_.promise().continuation = waiting;
    return true;
  }
  T await_resume() { return handle_.promise().take(); }

 private:
  friend promise_type;
  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  std::coroutine_handle<promise_type> handle_;
};

namespace task_detail {

template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}

}  // namespace task_detail

/// Something that happens once, and tasks that wait for it.
class Signal {
 public:
  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  /// It happened: those that wait go on at once, inside this call. Again: nothing.
  void set() {
    happened_ = true;
    for (const auto waiting : std::exchange(waiting_, {})) waiting.resume();
  }
  bool happened() const { return happened_; }
  /// Waits until it has happened.
  auto operator co_await() {
    struct Awaiter {
      Signal& signal;
      bool await_ready() const noexcept { return signal.happened_; }
      void await_suspend(std::coroutine_handle<> waiting) { signal.waiting_.push_back(waiting); }
      void await_resume() const noexcept {}
    };
    return Awaiter{*this};
  }

 private:
  bool happened_ = false;
  std::vector<std::coroutine_handle<>> waiting_;
};

/// Tasks that go on side by side. An exception of one of them ends the program: tasks report failures as values.
/// Destroying the group destroys the tasks that still wait.
class TaskGroup {
 public:
  TaskGroup() = default;
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Starts `task`; it runs until it waits for the first time.
  void spawn(Task<void> task) {
    for (const auto place : std::exchange(finished_, {})) runners_.erase(place);
    ++running_;
    runners_.push_back(run(*this, std::move(task)));
    const auto place = std::prev(runners_.end());
    place->handle.promise().place = place;
    place->handle.resume();
  }

  /// Tasks that have not ended.
  std::size_t running() const { return running_; }

  /// Waits until none is running. One waiter at a time.
  auto join() {
    struct Awaiter {
      TaskGroup& group;
      bool await_ready() const noexcept { return group.running_ == 0; }
      void await_suspend(std::coroutine_handle<> waiting) noexcept {
        assert(!group.waiting_);
        group.waiting_ = waiting;
      }
      void await_resume() const noexcept {}
    };
    return Awaiter{*this};
  }

 private:
  struct Runner;
  using Place = std::list<Runner>::iterator;

  struct Runner {
    struct promise_type;
    /// Tells the group, and goes on with who waits for it.
    struct FinalAwaiter {
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> ended) const noexcept {
        return ended.promise().group.finish(ended.promise().place);
      }
      void await_resume() const noexcept {}
    };
    struct promise_type {
      promise_type(TaskGroup& owner, const Task<void>&) : group(owner) {}
      TaskGroup& group;
      Place place;

      Runner get_return_object() { return Runner(std::coroutine_handle<promise_type>::from_promise(*this)); }
      std::suspend_always initial_suspend() const noexcept { return {}; }
      FinalAwaiter final_suspend() const noexcept { return {}; }
      void return_void() const noexcept {}
      [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
    };
    std::coroutine_handle<promise_type> handle;

    explicit Runner(std::coroutine_handle<promise_type> h) : handle(h) {}
    Runner(Runner&& other) noexcept : handle(std::exchange(other.handle, {})) {}
    Runner& operator=(Runner&&) = delete;
    ~Runner() {
      if (handle) handle.destroy();
    }
  };

  // What the task holds goes when it has ended; the runner's own frame stays a little longer.
  static Runner run(TaskGroup&, Task<void> given) {
    Task<void> task = std::move(given);
    co_await task;
  }

  // The frame that just ended stays until the next spawn: it is still on the stack.
  std::coroutine_handle<> finish(Place place) {
    finished_.push_back(place);
    --running_;
    if (running_ > 0 || !waiting_) return std::noop_coroutine();
    return std::exchange(waiting_, {});
  }

  std::list<Runner> runners_;
  std::vector<Place> finished_;
  std::size_t running_ = 0;
  std::coroutine_handle<> waiting_;
};

}  // namespace tlsward
