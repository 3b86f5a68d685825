// What a scripted server likes best: levels of equal preference, inside which the client's order decides.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace tlsward::tests {

/// Code points as tests write them: "c02f c030"; words stand for themselves.
template <class T>
std::string codes(const std::vector<T>& items) {
  std::string text;
  for (const T& item : items) {
    if (!text.empty()) text += ' ';
    if constexpr (std::is_same_v<T, std::string>)
      text += item;
    else
      text += fmt::format("{:04x}", item.code);
  }
  return text;
}

/// Suites, groups, signature schemes (types with a `code`) or words.
template <class T>
class Preference {
 public:
  Preference() = default;
  /// "c02b [cca9 c02c] 009c": the most liked first. Brackets join what is equally liked; all in one pair of brackets
  /// means that the client's order decides.
  Preference(const char* text) { read(text); }
  Preference(const std::string& text) { read(text); }

  bool empty() const { return levels_.empty(); }
  bool has(const T& item) const { return level(item) < levels_.size(); }
  /// 0 is liked best; the number of levels for what is not accepted.
  std::size_t level(const T& item) const {
    const auto found = std::find_if(levels_.begin(), levels_.end(), [&](const std::vector<T>& level) {
      return std::find(level.begin(), level.end(), item) != level.end();
    });
    return static_cast<std::size_t>(found - levels_.begin());
  }
  /// Of what the client offers, in its order; nullopt where none is accepted.
  std::optional<T> choose(const std::vector<T>& offered) const {
    std::optional<T> best;
    for (const T& item : offered)
      if (has(item) && (!best || level(item) < level(*best))) best = item;
    return best;
  }
  /// Everything that is accepted, the most liked first.
  std::vector<T> all() const {
    std::vector<T> items;
    for (const std::vector<T>& level : levels_) items.insert(items.end(), level.begin(), level.end());
    return items;
  }

 private:
  void read(const std::string& text) {
    std::istringstream words(text);
    bool joined = false;
    for (std::string word; words >> word;) {
      const bool opens = word.front() == '[';
      if (opens) word.erase(0, 1);
      const bool closes = word.back() == ']';
      if (closes) word.pop_back();
      if (!joined) levels_.emplace_back();
      joined = (joined || opens) && !closes;
      levels_.back().push_back(item(word));
    }
  }
  static T item(const std::string& word) {
    if constexpr (std::is_same_v<T, std::string>)
      return word;
    else
      return T{static_cast<std::uint16_t>(std::stoul(word, nullptr, 16))};
  }

  std::vector<std::vector<T>> levels_;
};

}  // namespace tlsward::tests
