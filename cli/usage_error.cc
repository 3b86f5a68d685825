#include "cli/usage_error.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/spelling.h"

namespace tlsward::cli {

std::string suggestion(std::string_view text, std::span<const std::string_view> candidates) {
  const auto near = intended(text, candidates, text.size() < 5 ? 1 : 2);
  return near ? fmt::format("; did you mean '{}'?", *near) : std::string();
}

std::size_t choice(std::string_view option, std::string_view text, std::span<const std::string_view> choices) {
  const auto found = std::find(choices.begin(), choices.end(), text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  throw UsageError(
      fmt::format("{}: '{}' is not one of {}{}", option, text, fmt::join(choices, ", "), suggestion(text, choices)));
}

}  // namespace tlsward::cli
