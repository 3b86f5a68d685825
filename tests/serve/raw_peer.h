// The other end of a connection, which says what bytes it likes: in the same loop as what is tested.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/task.h"
#include "net/loop.h"
#include "net/stream.h"

namespace tlsward::test {

/// Waits for at most 20 s wherever it waits.
class RawPeer {
 public:
  explicit RawPeer(net::Stream stream) : stream_(std::move(stream)) {}

  Task<void> send(std::string_view bytes);
  /// Each byte by itself, the loop turning in between, so that the other side reads it by itself.
  Task<void> send_byte_by_byte(std::string_view bytes);
  /// Everything up to and with `end`; what has come where the other side ends or fails before.
  Task<std::string> receive_until(std::string_view end);
  /// Everything until the other side ends; then "(reset)" where it did so with a reset, "(silence)" where it did not
  /// within 20 s.
  Task<std::string> receive_all();
  /// Says no more.
  void end();
  void close(bool abort = false) { stream_.close(abort); }
  net::Stream& stream() { return stream_; }

 private:
  /// "" as long as there is more.
  Task<std::string> receive_some();

  net::Stream stream_;
  std::string received_;  // not given yet
};

/// Two ends of a connection over loopback.
Task<std::pair<net::Stream, net::Stream>> connected_pair(net::Loop& loop);

/// Lets the loop's other tasks go on with what is there.
Task<void> turn(net::Loop& loop);

}  // namespace tlsward::test
