// Accepts TCP connections.
#pragma once

#include <memory>

#include "core/task.h"
#include "net/address.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"
#include "net/stream.h"

namespace tlsward::net {

/// Move-only; closes with it, and goes away before its loop does.
class Listener {
 public:
  struct Impl;
  explicit Listener(std::unique_ptr<Impl> impl);
  Listener(Listener&&) noexcept;
  Listener& operator=(Listener&&) noexcept;
  ~Listener();

  /// Binds `address` (port 0: any that is free) and listens. `shared`: other loops of this program listen there, too,
  /// and the kernel spreads connections over them (SO_REUSEPORT). An IPv6 address takes no IPv4. Failure: Local, with
  /// the address in its words ("127.0.0.1:8443 is taken by another program").
  static Outcome<Listener> open(Loop& loop, const Address& address, bool shared);

  /// Where it listens, with the real port.
  const Address& address() const;
  /// The next connection, TCP_NODELAY set. One task at a time. Failures: Interrupted; Closed, where this side is;
  /// Local, where no descriptor is left: then it is worth another try a little later.
  Task<Outcome<Stream>> accept();
  /// `accept` fails with Closed from now on.
  void close();

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::net
