// Unified diffs, as patch and git apply read them.
#pragma once

#include <string>
#include <string_view>

namespace tlsward {

/// The difference with three lines of context, under the names "a/PATH" and "b/PATH"; empty where there is none.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace tlsward
