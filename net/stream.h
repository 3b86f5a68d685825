// A connected byte stream: TCP, directly or through a proxy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/task.h"
#include "net/address.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"

namespace tlsward::net {

/// Move-only; closes with it, and goes away before its loop does. Not more than one read and one write at a time. Where
/// it closes or goes away while a task reads or writes, that one fails with Failure::Kind::Closed.
class Stream {
 public:
  struct Impl;
  /// Closed.
  Stream();
  explicit Stream(std::unique_ptr<Impl> impl);
  Stream(Stream&&) noexcept;
  Stream& operator=(Stream&&) noexcept;
  ~Stream();

  /// Reads what is there, at least one byte, into a span that has room; 0 bytes mean that the peer closed. What has
  /// come by now is given even after the deadline. Failures: TimedOut, Reset, Interrupted; Closed where this side is.
  Task<Outcome<std::size_t>> read_some(std::span<std::uint8_t> into, Deadline deadline);
  /// Writes all of `bytes`. Failures as above.
  Task<Outcome<Nothing>> write_all(std::span<const std::uint8_t> bytes, Deadline deadline);
  /// Puts bytes back that the next read_some gives first.
  void unread(std::span<const std::uint8_t> bytes);
  /// Closes at once. `abort`: with a reset, so that no port stays in TIME_WAIT.
  void close(bool abort = false);
  bool is_open() const;
  /// The address that it is connected to; behind a proxy, the proxy's. Not of a default Stream.
  const Address& peer() const;
  /// The loop that it was connected in. Not of a default Stream.
  Loop& loop();
  /// What net's own .cc files need.
  Impl* impl();

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::net
