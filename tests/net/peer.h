// The other end of a connection, in a thread of the test, and how a test waits for a task.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/task.h"
#include "net/address.h"
#include "net/deadline.h"
#include "net/loop.h"

namespace tlsward::test {

/// A deadline that a test meets unless something is wrong.
inline net::Deadline soon() {
  return net::Clock::now() + std::chrono::seconds(20);
}
/// A deadline that is meant to pass.
inline net::Deadline shortly() {
  return net::Clock::now() + std::chrono::milliseconds(20);
}

/// A TCP socket, blocking, that gives up after a few seconds.
class PeerSocket {
 public:
  explicit PeerSocket(int fd);
  PeerSocket(PeerSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  PeerSocket& operator=(PeerSocket&&) = delete;
  ~PeerSocket();

  int fd() const { return fd_; }
  void send(std::string_view bytes);
  /// `bytes` in as many segments.
  void send_byte_by_byte(std::string_view bytes);
  /// Exactly `size` bytes, fewer where the other side ends before.
  std::string receive(std::size_t size);
  /// Everything up to and with `end`.
  std::string receive_until(std::string_view end);
  /// "": the other side closed. "reset": it did so with a reset. Else what it sent.
  std::string receive_end();
  /// Closes with a reset.
  void reset();
  void close();

 private:
  int fd_;
};

/// A socket that listens on a free port of 127.0.0.1 and never accepts by itself.
class Listener {
 public:
  /// `backlog` as of listen(2).
  explicit Listener(int backlog = 64);
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  ~Listener();

  const net::Address& address() const { return address_; }
  PeerSocket accept();
  /// Ends a waiting `accept`, which then gives a socket that is not open.
  void stop();

 private:
  int fd_;
  net::Address address_;
};

/// A server with one thread: `talk` has each connection in turn.
class Server {
 public:
  explicit Server(std::function<void(PeerSocket&)> talk);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Waits for the thread.
  ~Server() { stop(); }

  const net::Address& address() const { return listener_.address(); }
  /// Waits until all is said: afterwards the test may look at what `talk` wrote down.
  void stop();

 private:
  Listener listener_;
  std::thread thread_;
};

/// A port of 127.0.0.1 that nobody listens on while this lives.
class RefusingPort {
 public:
  RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  ~RefusingPort();
  const net::Address& address() const { return address_; }

 private:
  int fd_;
  net::Address address_;
};

/// A port of 127.0.0.1 that never answers: its queue is full.
class SilentPort {
 public:
  SilentPort();
  const net::Address& address() const { return listener_.address(); }

 private:
  Listener listener_;
  std::vector<PeerSocket> queued_;
};

/// Runs `loop` until `task` has ended.
template <class T>
T await(net::Loop& loop, Task<T> task) {
  std::optional<T> result;
  const auto keep = [](Task<T> inner, std::optional<T>& into) -> Task<void> { into.emplace(co_await inner); };
  loop.spawn(keep(std::move(task), result));
  loop.run();
  return std::move(*result);
}

inline void await(net::Loop& loop, Task<void> task) {
  loop.spawn(std::move(task));
  loop.run();
}

}  // namespace tlsward::test
