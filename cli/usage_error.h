// Wrong use of the command line, found after the parser was done. main prints it and exits with 2.
#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::cli {

/// One sentence, lower case: what was given, what would be accepted.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// "; did you mean 'lint'?" where one of the candidates is near to `text`, else nothing.
std::string suggestion(std::string_view text, std::span<const std::string_view> candidates);

/// Index of `text` in `choices`. Throws UsageError "--fail-on: 'eror' is not one of error, warning; did you mean
/// 'error'?".
std::size_t choice(std::string_view option, std::string_view text, std::span<const std::string_view> choices);

}  // namespace tlsward::cli
