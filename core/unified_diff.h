// Unified diffs, as patch and git apply read them.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace tlsward {

/// The bytes [begin, end) of a text, one line without its ending, as they may be shown; as long as they are.
using ShownLine = std::function<std::string(std::string_view text, std::size_t begin, std::size_t end)>;

struct UnifiedDiff {
  std::string text;     // empty where there is no difference
  bool masked = false;  // a line that changes is not shown as it is, so that patch cannot take the difference
};

/// The difference with up to three lines of context, under the names "a/PATH" and "b/PATH", which are
/// normal (no "./", no "dir/.."), relative, and quoted as git does where they need it. Lines that `shown` changes
/// are never context, which is shorter then.
UnifiedDiff unified_diff(std::string_view path, std::string_view before, std::string_view after,
                         const ShownLine& shown = {});

}  // namespace tlsward
