// Two enumerated lists, before and after. What is in one and not in the other was gained or lost only where the other
// list is complete; where it has a gap, nobody knows.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probe/diff.h"
#include "probe/result.h"

namespace tlsward::probe {

/// One side: what was seen, what was only hinted at, and whether everything else was refused.
template <class T>
struct ListSide {
  std::vector<T> sure;
  std::vector<T> maybe;
  bool complete = false;
  std::string gap;

  bool has(const T& value) const { return std::find(sure.begin(), sure.end(), value) != sure.end(); }
  bool lacks(const T& value) const {
    return complete && !has(value) && std::find(maybe.begin(), maybe.end(), value) == maybe.end();
  }
};

template <class T>
ListSide<T> side_of(const probe::Enumeration<T>& list) {
  return {list.accepted, {}, list.complete, list.gap};
}

template <class T>
struct ListDiff {
  std::vector<T> gained, lost;
  bool uncertain = false;  // some value is on one side only, and the other side may have it
};

template <class T>
ListDiff<T> difference(const ListSide<T>& before, const ListSide<T>& after) {
  ListDiff<T> result;
  const auto split = [&](const ListSide<T>& from, const ListSide<T>& other, std::vector<T>& missing) {
    for (const T& value : from.sure) {
      if (other.has(value)) continue;
      if (other.lacks(value)) {
        missing.push_back(value);
      } else {
        result.uncertain = true;
      }
    }
  };
  split(after, before, result.gained);
  split(before, after, result.lost);
  result.uncertain = result.uncertain || (before.complete && !after.complete);
  return result;
}

/// "5", "5 and a gap (rate-limited)".
template <class T>
std::string count_text(const ListSide<T>& side) {
  if (side.complete) return fmt::format("{}", side.sure.size());
  return fmt::format("{} and a gap{}", side.sure.size(), side.gap.empty() ? "" : fmt::format(" ({})", side.gap));
}

/// Why a value is gained or lost, judged.
struct Judgement {
  Effect effect = Effect::Neutral;
  std::string why;
};

/// Appends the difference of two lists: a change for each value that was gained or lost, and one where a gap hides the
/// rest. `of` is where the lists belong ("TLS 1.2 "), `plural` what their values are ("suites"); `named`, `gained` and
/// `lost` name and judge a value.
template <class T, class Named, class Gained, class Lost>
void compare_lists(Topic topic, const std::string& of, std::string_view plural, const ListSide<T>& before,
                   const ListSide<T>& after, Named named, Gained gained, Lost lost, std::vector<Change>& changes) {
  const ListDiff<T> difference_ = difference(before, after);
  for (const T& value : difference_.gained) {
    Judgement judgement = gained(value);
    changes.push_back({topic, of + named(value), "refused", "accepted", judgement.effect, std::move(judgement.why)});
  }
  for (const T& value : difference_.lost) {
    Judgement judgement = lost(value);
    changes.push_back({topic, of + named(value), "accepted", "refused", judgement.effect, std::move(judgement.why)});
  }
  if (difference_.uncertain)
    changes.push_back({topic, of + std::string(plural), count_text(before), count_text(after), Effect::Unknown,
                       "a list with a gap cannot be compared"});
}

}  // namespace tlsward::probe
