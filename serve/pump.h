// Moves a body from one side of the proxy to the other.
#pragma once

#include <chrono>
#include <cstdint>

#include "core/task.h"
#include "net/failure.h"
#include "serve/http/exchange.h"

namespace tlsward::serve {

enum class PumpEnd : std::uint8_t { Finished, ReadFailed, WriteFailed };

struct Pumped {
  PumpEnd end = PumpEnd::Finished;
  net::Failure failure = {};  // where it is not Finished
  std::uint64_t bytes = 0;
};

/// Until `from` has ended, then finishes `to` with its trailers. What is there is passed on at once: nothing is kept
/// back while `from` has nothing more to give. `read` and `write`: without a byte.
Task<Pumped> pump(BodyReader& from, BodyWriter& to, std::chrono::milliseconds read, std::chrono::milliseconds write);

}  // namespace tlsward::serve
