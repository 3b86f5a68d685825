// What Boost.Asio does for a loop: readiness of sockets, one alarm, calls from other threads. Private to net/.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "net/deadline.h"
#include "net/waiter.h"

namespace tlsward::net {

/// One thread runs it; only `post` is for all.
class Reactor {
 public:
  /// `on_alarm` is called when the alarm goes off.
  explicit Reactor(std::function<void()> on_alarm);
  ~Reactor();
  Reactor(const Reactor&) = delete;
  Reactor& operator=(const Reactor&) = delete;

  /// Runs until `stop`.
  void run();
  void stop();
  /// Has `function` called by `run`. From any thread.
  void post(std::function<void()> function);
  /// Sets the alarm, which has one time, to another.
  void set_alarm(Deadline when);

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

/// A non-blocking socket in a reactor. Owns it. Try first, then wait: a wait costs a turn of the loop.
class Descriptor {
 public:
  Descriptor(Reactor& reactor, Waiters& waiters, int fd);
  Descriptor(Descriptor&&) noexcept;
  Descriptor& operator=(Descriptor&&) noexcept;
  /// Closes. Those that still wait go on with Wake::Closed.
  ~Descriptor();

  /// -1: closed.
  int fd() const;
  /// Puts the socket under the reactor's watch, once, before the first wait: best when it has something to wait for.
  /// False: the system has no room for one more.
  bool attach();
  /// Waits until there is something to read (also an error, or the end), or something can be written. One task at a
  /// time for each.
  Waiter readable(Deadline deadline);
  Waiter writable(Deadline deadline);
  void close();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with Asio's handlers, which come after the close
};

}  // namespace tlsward::net
