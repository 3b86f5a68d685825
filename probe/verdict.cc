#include "probe/verdict.h"

#include <algorithm>
#include <array>

namespace tlsward::probe {
namespace {

constexpr std::array<std::string_view, 3> kNames = {"unknown", "refused", "accepted"};

}  // namespace

std::string_view name(Verdict verdict) {
  return kNames[static_cast<std::size_t>(verdict)];
}

std::optional<Verdict> parse_verdict(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return {};
  return static_cast<Verdict>(found - kNames.begin());
}

}  // namespace tlsward::probe
