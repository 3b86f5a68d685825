// When to give up waiting.
#pragma once

#include <chrono>

namespace tlsward::net {

using Clock = std::chrono::steady_clock;
/// A moment of the monotonic clock after which an operation ends with Failure::Kind::TimedOut.
using Deadline = Clock::time_point;

}  // namespace tlsward::net
