#include "net/loop.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::net {
namespace {

using namespace std::chrono_literals;
using test::await;
using test::shortly;
using test::soon;

Task<void> note(std::string& notes, char what) {
  notes += what;
  co_return;
}

Task<void> sleep_and_note(Loop& loop, Deadline until, std::string& notes, char what) {
  co_await loop.sleep_until(until);
  notes += what;
}

Task<void> wait_and_note(Event& event, Deadline deadline, std::string& notes) {
  notes += co_await event.wait_until(deadline) ? "notified " : "not notified ";
}

Task<void> notify(Event& event, std::string& notes) {
  event.notify();
  notes += "after notify ";
  co_return;
}

Task<void> spawn_another(Loop& loop, std::string& notes) {
  loop.spawn(note(notes, 'b'));
  notes += 'a';
  co_return;
}

/// Holds something while it sleeps.
Task<void> hold(Loop& loop, std::shared_ptr<int> held, Deadline until) {
  co_await loop.sleep_until(until);
  *held += 1;
}

}  // namespace

TEST_CASE("loop: runs until all tasks have ended, and again with new ones") {
  Loop loop;
  std::string notes;
  loop.run();
  loop.spawn(note(notes, 'a'));
  loop.spawn(note(notes, 'b'));
  CHECK(notes.empty());
  loop.run();
  CHECK(notes == "ab");
  await(loop, note(notes, 'c'));
  CHECK(notes == "abc");
}

TEST_CASE("loop: a task may spawn another") {
  Loop loop;
  std::string notes;
  await(loop, spawn_another(loop, notes));
  CHECK(notes == "ab");
}

TEST_CASE("loop: tasks sleep side by side and wake in the order of their deadlines") {
  Loop loop;
  std::string notes;
  const Deadline now = Clock::now();
  loop.spawn(sleep_and_note(loop, now + 30ms, notes, 'c'));
  loop.spawn(sleep_and_note(loop, now + 10ms, notes, 'a'));
  loop.spawn(sleep_and_note(loop, now + 20ms, notes, 'b'));
  loop.run();
  CHECK(notes == "abc");
  CHECK(Clock::now() >= now + 30ms);
}

TEST_CASE("loop: a deadline that has passed is no sleep") {
  Loop loop;
  std::string notes;
  loop.spawn(sleep_and_note(loop, Clock::now() - 1h, notes, 'a'));
  loop.spawn(note(notes, 'b'));
  loop.run();
  CHECK(notes == "ab");
}

TEST_CASE("loop: an interrupt from another thread ends sleeps, also of tasks that come later") {
  Loop loop;
  std::string notes;
  loop.spawn(sleep_and_note(loop, Clock::now() + 1h, notes, 'a'));
  loop.spawn(sleep_and_note(loop, Deadline::max(), notes, 'b'));
  std::thread other([&] { loop.interrupt(); });
  loop.run();
  other.join();
  CHECK(notes == "ab");
  CHECK(loop.interrupted());
  await(loop, sleep_and_note(loop, Clock::now() + 1h, notes, 'c'));
  CHECK(notes == "abc");
}

TEST_CASE("loop: what is posted from another thread runs in the loop's thread") {
  Loop loop;
  Event posted(loop);
  std::string notes;
  std::thread::id ran_in;
  loop.spawn(wait_and_note(posted, soon(), notes));
  std::thread other([&] {
    loop.post([&] {
      ran_in = std::this_thread::get_id();
      loop.post([&] { posted.notify(); });
    });
  });
  loop.run();
  other.join();
  CHECK(notes == "notified ");
  CHECK(ran_in == std::this_thread::get_id());
}

TEST_CASE("loop: one that never ran lets its tasks go") {
  const auto held = std::make_shared<int>(0);
  {
    Loop loop;
    loop.spawn(hold(loop, held, Clock::now() + 1h));
    CHECK(held.use_count() == 2);
  }
  CHECK(held.use_count() == 1);
}

TEST_CASE("loop: a group of tasks may go away while they sleep") {
  Loop loop;
  const auto held = std::make_shared<int>(0);
  const auto drop_them = [](Loop& on, std::shared_ptr<int> what) -> Task<void> {
    {
      TaskGroup group;
      for (int i = 0; i < 10; ++i) group.spawn(hold(on, what, shortly()));
    }
    co_await on.sleep_until(shortly());
  };
  await(loop, drop_them(loop, held));
  CHECK(held.use_count() == 1);
  CHECK(*held == 0);
}

TEST_CASE("loop: each thread has its own") {
  std::atomic<int> ended = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&ended] {
      Loop loop;
      std::string notes;
      for (int task = 0; task < 100; ++task) loop.spawn(sleep_and_note(loop, shortly(), notes, 'x'));
      loop.run();
      ended += static_cast<int>(notes.size());
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(ended == 400);
}

TEST_CASE("event: wakes all that wait, after the call that notifies") {
  Loop loop;
  Event event(loop);
  std::string notes;
  loop.spawn(wait_and_note(event, soon(), notes));
  loop.spawn(wait_and_note(event, soon(), notes));
  loop.spawn(notify(event, notes));
  loop.run();
  CHECK(notes == "after notify notified notified ");
}

TEST_CASE("event: nobody notified before the deadline") {
  Loop loop;
  Event event(loop);
  std::string notes;
  event.notify();
  await(loop, wait_and_note(event, shortly(), notes));
  CHECK(notes == "not notified ");
}

TEST_CASE("event: an interrupt is no notification") {
  Loop loop;
  Event event(loop);
  std::string notes;
  loop.spawn(wait_and_note(event, soon(), notes));
  std::thread other([&] { loop.interrupt(); });
  loop.run();
  other.join();
  CHECK(notes == "not notified ");
}

TEST_CASE("event: one that goes away lets its waiters go on") {
  Loop loop;
  auto event = std::make_unique<Event>(loop);
  std::string notes;
  const auto drop = [](std::unique_ptr<Event>& what) -> Task<void> {
    what.reset();
    co_return;
  };
  loop.spawn(wait_and_note(*event, Clock::now() + 1h, notes));
  loop.spawn(drop(event));
  loop.run();
  CHECK(notes == "not notified ");
}

TEST_CASE("event: a waiter that was notified may be gone before it goes on") {
  Loop loop;
  std::string notes;
  const auto notify_and_drop = [](Loop& on, std::string& into) -> Task<void> {
    Event event(on);
    {
      TaskGroup group;
      group.spawn(wait_and_note(event, soon(), into));
      event.notify();
    }
    co_await on.sleep_until(shortly());
    into += "slept ";
  };
  await(loop, notify_and_drop(loop, notes));
  CHECK(notes == "slept ");
}

}  // namespace tlsward::net
