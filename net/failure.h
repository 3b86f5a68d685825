// Why something on the network did not come off.
#pragma once

#include <cstdint>
#include <string>

#include "core/nothing.h"
#include "core/result.h"

namespace tlsward::net {

struct Failure {
  enum class Kind : std::uint8_t {
    Unresolved,   // no such name, or the resolver failed
    Refused,      // connection refused (RST to a SYN)
    Unreachable,  // no route, host or network unreachable, prohibited
    TimedOut,     // the deadline passed
    Reset,        // connection reset, broken pipe
    Closed,       // the peer closed where more was needed
    Interrupted,  // Loop::interrupt
    Protocol,     // a proxy or a STARTTLS dialogue that said no, or something else
    Local,        // out of descriptors, ports or memory: this side's fault
  };
  Kind kind = Kind::Local;
  /// One clause, lower case, with the actual value: "connection refused", "proxy answered 407 Proxy Authentication
  /// Required".
  std::string message;
};

/// A value, or why there is none.
template <class T>
using Outcome = Result<T, Failure>;

}  // namespace tlsward::net
