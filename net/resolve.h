// Names to addresses, off the loop: a slow resolver holds up nobody else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/task.h"
#include "net/address.h"
#include "net/deadline.h"
#include "net/failure.h"
#include "net/loop.h"

namespace tlsward::net {

enum class Family : std::uint8_t { Any, V4, V6 };

/// All addresses of `host` in the order of the system's resolver (RFC 6724), each once. An IP address in text resolves
/// to itself without asking anybody. Failures: Unresolved (the message says what the resolver said), TimedOut,
/// Interrupted.
Task<Outcome<std::vector<Address>>> resolve(Loop& loop, std::string host, std::uint16_t port, Family family,
                                            Deadline deadline);

}  // namespace tlsward::net
