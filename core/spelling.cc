// The distance of Damerau and Levenshtein, row by row. Only the last three rows are kept, and of each row only the band
// of columns that can still end within the limit.
#include "core/spelling.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tlsward {
namespace {

/// Fewer letters begin too many words.
constexpr std::size_t kShortestPart = 3;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same(char a, char b) {
  return lower(a) == lower(b);
}

bool begin_alike(std::string_view a, std::string_view b) {
  return !a.empty() && !b.empty() && same(a.front(), b.front());
}

/// The only candidate that `fits`.
template <class Fits>
std::optional<std::string_view> only(std::span<const std::string_view> candidates, const Fits& fits) {
  std::optional<std::string_view> found;
  for (const std::string_view candidate : candidates) {
    if (!fits(candidate) || candidate == found) continue;
    if (found) return std::nullopt;
    found = candidate;
  }
  return found;
}

/// Number of places where the case differs, for words that are otherwise alike or nearly so.
std::size_t case_differences(std::string_view a, std::string_view b) {
  std::size_t count = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) count += a[i] == b[i] ? 0 : 1;
  return count;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t from = i > limit ? i - limit : 1;
    const std::size_t to = std::min(b.size(), i + limit);
    std::fill(row.begin(), row.end(), limit + 1);
    row[0] = i;
    std::size_t least = row[0];
    for (std::size_t j = from; j <= to; ++j) {
      const std::size_t replaced = last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > limit) return limit + 1;
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], limit + 1);
}

std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates,
                                        std::size_t max_distance) {
  std::optional<std::string_view> best;
  std::size_t best_distance = max_distance;
  std::size_t best_case = 0;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(text, candidate, best_distance);
    if (distance > best_distance || distance >= std::max(text.size(), candidate.size())) continue;
    const std::size_t differences = case_differences(text, candidate);
    if (best && distance == best_distance) {
      const bool alike = begin_alike(text, candidate), best_alike = begin_alike(text, *best);
      if (alike == best_alike ? differences >= best_case : best_alike) continue;
    }
    best = candidate;
    best_distance = distance;
    best_case = differences;
  }
  return best;
}

std::optional<std::string_view> intended(std::string_view text, std::span<const std::string_view> candidates,
                                         std::size_t max_distance) {
  if (const auto near = nearest(text, candidates, max_distance)) return near;
  if (text.size() < kShortestPart) return std::nullopt;
  const auto begun = only(
      candidates, [&](std::string_view whole) { return edit_distance(whole.substr(0, text.size()), text, 0) == 0; });
  if (begun) return begun;
  return only(candidates, [&](std::string_view whole) {
    const std::size_t slash = whole.rfind('/');
    return slash != std::string_view::npos && edit_distance(whole.substr(slash + 1), text, 0) == 0;
  });
}

}  // namespace tlsward
