// One part of a list of targets, for many machines that share the work.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"
#include "probe/target.h"

namespace tlsward::probe {

/// Part K of N (`--shard K/N`, K from 1).
struct Shard {
  std::uint32_t index = 1, count = 1;
};

/// "2/8"; N at most 65,536. Error: "shard '9/8': K is 1 to N".
Result<Shard> parse_shard(std::string_view text);

/// True where `target` belongs to `shard`. Machines with the same list take each target exactly once, whatever its
/// order and however it is spelled: the part is 1 + H mod N, where H is the number in the first 8 hex digits of the
/// SHA-256 of "HOST:PORT", HOST in lower case without a dot at its end, an IPv6 address as RFC 5952 writes it, without
/// brackets. In a shell: $((1 + 0x$(printf %s api.example:443 | sha256sum | cut -c1-8) % N)).
bool belongs(const Target& target, const Shard& shard);

}  // namespace tlsward::probe
