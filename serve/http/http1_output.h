// What goes out on a connection of HTTP/1.1: small pieces are gathered, so that a head and its body are one write.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/task.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/transport.h"

namespace tlsward::serve {

/// Holds no memory between messages.
class Http1Output {
 public:
  explicit Http1Output(net::Transport& transport) : transport_(transport) {}

  /// For a head: appended, and sent with what follows.
  std::string& text();
  /// Appends a piece of a body, as a chunk where `chunked`; sends where enough has gathered.
  Task<net::Outcome<Nothing>> write(std::span<const std::uint8_t> bytes, bool chunked, net::Deadline deadline);
  /// Sends what has gathered.
  Task<net::Outcome<Nothing>> flush(net::Deadline deadline);

 private:
  net::Transport& transport_;
  std::string waiting_;
};

}  // namespace tlsward::serve
