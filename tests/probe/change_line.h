// A change on one line, as the tests of diff compare it.
#pragma once

#include <fmt/format.h>

#include <string>

#include "probe/diff.h"

namespace tlsward::probe::testing {

/// "worse TLS 1.0: refused -> accepted (below TLS 1.2)".
inline std::string line(const Change& change) {
  return fmt::format("{} {}: {} -> {}{}", name(change.effect), change.subject, change.before, change.after,
                     change.why.empty() ? "" : fmt::format(" ({})", change.why));
}

}  // namespace tlsward::probe::testing
