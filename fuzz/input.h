// What every fuzz target begins with: bytes, some of which decide how the rest is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tls/wire/bytes.h"

/// The entry point that libFuzzer calls.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace tlsward::fuzz {

/// Ends the run with a report of the input; unlike assert, in every build.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Takes numbers off the front of an input. Missing ones are zero.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : in_(tls::wire::View(data, size)) {}

  std::uint8_t byte() { return in_.u8(); }
  std::uint16_t number() { return in_.u16(); }
  /// All that was not taken.
  tls::wire::View rest() const { return in_.rest(); }

 private:
  tls::wire::Reader in_;
};

}  // namespace tlsward::fuzz
