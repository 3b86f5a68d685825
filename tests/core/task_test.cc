#include "core/task.h"

#include <coroutine>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"

namespace tlsward {
namespace {

/// Something to wait for: tasks that await it go on when it is opened.
class Gate {
 public:
  auto operator co_await() {
    struct Awaiter {
      Gate& gate;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<> waiting) const { gate.waiting_.push_back(waiting); }
      void await_resume() const noexcept {}
    };
    return Awaiter{*this};
  }
  void open() {
    for (const auto& waiting : std::exchange(waiting_, {})) waiting.resume();
  }

 private:
  std::vector<std::coroutine_handle<>> waiting_;
};

/// Says that it is gone.
struct Witness {
  bool& gone;
  explicit Witness(bool& told) : gone(told) {}
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;
  ~Witness() { gone = true; }
};

Task<int> number(int value) {
  co_return value;
}

Task<int> sum(int count) {
  int total = 0;
  for (int i = 0; i < count; ++i) total += co_await number(1);
  co_return total;
}

Task<void> pass(Gate& gate, bool& passed) {
  co_await gate;
  passed = true;
}

Task<void> pass_and_witness(Gate& gate, bool& gone) {
  const Witness witness(gone);
  co_await gate;
}

Task<void> await_another(Task<void> other) {
  co_await other;
}

Task<void> store_sum(int count, int& into) {
  into = co_await sum(count);
}

Task<int> fail(std::string why) {
  if (!why.empty()) throw std::runtime_error(why);
  co_return 0;
}

Task<void> catch_failure(std::string& caught) {
  try {
    co_await fail("no luck");
  } catch (const std::runtime_error& error) {
    caught = error.what();
  }
}

Task<std::unique_ptr<int>> boxed(int value) {
  co_return std::make_unique<int>(value);
}

Task<void> unbox(int& into) {
  into = *co_await boxed(7);
}

Task<void> wait_and_note(Signal& signal, std::string name, std::string& notes) {
  co_await signal;
  notes += name;
}

/// Waits for one signal and sets another one.
Task<void> pass_on(Signal& from, Signal& to) {
  co_await from;
  to.set();
}

Task<void> join_and_note(TaskGroup& group, bool& joined) {
  co_await group.join();
  joined = true;
}

}  // namespace

TEST_CASE("task: gives its value to whoever awaits it") {
  int result = 0;
  TaskGroup group;
  group.spawn(store_sum(3, result));
  CHECK(result == 3);
  CHECK(group.running() == 0);
}

TEST_CASE("task: a hundred thousand tasks that do not wait need no deep stack") {
  int result = 0;
  TaskGroup group;
  group.spawn(store_sum(100'000, result));
  CHECK(result == 100'000);
}

TEST_CASE("task: a value may be one that only moves") {
  int result = 0;
  TaskGroup group;
  group.spawn(unbox(result));
  CHECK(result == 7);
}

TEST_CASE("task: does not start before it is awaited") {
  bool gone = false;
  Gate gate;
  {
    const Task<void> never = pass_and_witness(gate, gone);
    CHECK_FALSE(gone);
  }
  CHECK_FALSE(gone);
}

TEST_CASE("task: an exception reaches whoever awaits") {
  std::string caught;
  TaskGroup group;
  group.spawn(catch_failure(caught));
  CHECK(caught == "no luck");
}

TEST_CASE("task group: a task runs until it waits, and goes on when what it waits for has come") {
  Gate gate;
  bool passed = false;
  TaskGroup group;
  group.spawn(pass(gate, passed));
  CHECK_FALSE(passed);
  CHECK(group.running() == 1);
  gate.open();
  CHECK(passed);
  CHECK(group.running() == 0);
}

TEST_CASE("task group: join goes on when the last one has ended") {
  Gate first, second;
  bool passed = false, joined = false;
  TaskGroup group, watchers;
  group.spawn(pass(first, passed));
  group.spawn(pass(second, passed));
  watchers.spawn(join_and_note(group, joined));
  second.open();
  CHECK_FALSE(joined);
  first.open();
  CHECK(joined);
}

TEST_CASE("task group: join of an empty group does not wait") {
  TaskGroup group, watchers;
  bool joined = false;
  watchers.spawn(join_and_note(group, joined));
  CHECK(joined);
}

TEST_CASE("task group: what waits goes with the group, with all that it awaits") {
  Gate gate;
  bool gone = false;
  {
    TaskGroup group;
    group.spawn(await_another(pass_and_witness(gate, gone)));
    CHECK_FALSE(gone);
  }
  CHECK(gone);
}

TEST_CASE("task group: what a task was given goes when it has ended") {
  const auto given = std::make_shared<int>(0);
  const auto take = [](std::shared_ptr<int>) -> Task<void> { co_return; };
  TaskGroup group;
  group.spawn(take(given));
  CHECK(given.use_count() == 1);
}

TEST_CASE("task group: takes tasks after others have ended") {
  TaskGroup group;
  int result = 0;
  for (int i = 1; i <= 100; ++i) {
    group.spawn(store_sum(i, result));
    CHECK(result == i);
  }
  CHECK(group.running() == 0);
}

TEST_CASE("signal: those that wait go on inside the call that sets it, in the order in which they came") {
  Signal signal;
  std::string notes;
  TaskGroup group;
  group.spawn(wait_and_note(signal, "a", notes));
  group.spawn(wait_and_note(signal, "b", notes));
  CHECK(notes.empty());
  CHECK_FALSE(signal.happened());
  signal.set();
  CHECK(notes == "ab");
  CHECK(signal.happened());
  CHECK(group.running() == 0);
}

TEST_CASE("signal: nobody waits for what has happened") {
  Signal signal;
  signal.set();
  std::string notes;
  TaskGroup group;
  group.spawn(wait_and_note(signal, "a", notes));
  CHECK(notes == "a");
}

TEST_CASE("signal: setting it again does nothing") {
  Signal signal;
  std::string notes;
  TaskGroup group;
  group.spawn(wait_and_note(signal, "a", notes));
  signal.set();
  signal.set();
  CHECK(notes == "a");
}

TEST_CASE("signal: one that waits may set another one, or the same one again") {
  Signal first, second;
  std::string notes;
  TaskGroup group;
  group.spawn(wait_and_note(second, "b", notes));
  group.spawn(pass_on(first, second));
  group.spawn(pass_on(first, first));
  first.set();
  CHECK(notes == "b");
  CHECK(group.running() == 0);
}

}  // namespace tlsward
