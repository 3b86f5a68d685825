// How far apart two words are, for "did you mean".
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace tlsward {

/// Number of single-byte insertions, deletions, replacements and swaps of neighbours between `a` and `b`, no part of
/// the text being edited twice (optimal string alignment). `limit + 1` where it is more than `limit`. Upper and lower
/// case ASCII letters count as the same.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The candidate nearest to `text`, at most `max_distance` away; of several one with the same first letter, then the
/// one whose case fits better, then the first. Nothing where all are further away, or where `text` would have to change
/// altogether.
std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates,
                                        std::size_t max_distance = 2);

/// The nearest candidate; where none is near, the only one that `text` begins ("warn" for "warning") or of which it is
/// the part behind the last slash ("weak-cipher" for "tls/weak-cipher").
std::optional<std::string_view> intended(std::string_view text, std::span<const std::string_view> candidates,
                                         std::size_t max_distance = 2);

}  // namespace tlsward
