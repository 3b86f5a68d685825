// The shortest edit script by the greedy algorithm of Myers (An O(ND) Difference Algorithm, 1986), over lines.
#include "core/unified_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace tlsward {
namespace {

using Lines = std::vector<std::string_view>;
using Index = std::ptrdiff_t;

constexpr std::size_t kContext = 3;
/// Beyond so many changed lines the shortest script is not worth its memory: everything between the equal ends changes.
constexpr Index kMostChanges = 2000;

/// With their line endings.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// ' ' both, '-' before alone, '+' after alone.
struct Change {
  char sign;
  std::string_view line;
};

/// The furthest reaching paths for 0, 1, 2 … changes; empty where more than kMostChanges are needed.
std::vector<std::vector<Index>> furthest_paths(const Lines& before, const Lines& after) {
  const Index n = static_cast<Index>(before.size()), m = static_cast<Index>(after.size());
  std::vector<std::vector<Index>> trace;
  std::vector<Index> reach(static_cast<std::size_t>(2 * std::min(n + m, kMostChanges) + 3), 0);
  const Index middle = static_cast<Index>(reach.size() / 2);
  for (Index d = 0; d <= std::min(n + m, kMostChanges); ++d) {
    trace.push_back(reach);
    for (Index k = -d; k <= d; k += 2) {
      const auto at = [&](Index diagonal) -> Index& { return reach[static_cast<std::size_t>(middle + diagonal)]; };
      Index x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < n && x - k < m && before[static_cast<std::size_t>(x)] == after[static_cast<std::size_t>(x - k)]) ++x;
      at(k) = x;
      if (x >= n && x - k >= m) return trace;
    }
  }
  return {};
}

std::vector<Change> whole_change(const Lines& before, const Lines& after) {
  std::vector<Change> changes;
  for (const std::string_view line : before) changes.push_back({'-', line});
  for (const std::string_view line : after) changes.push_back({'+', line});
  return changes;
}

std::vector<Change> shortest_script(const Lines& before, const Lines& after) {
  const auto trace = furthest_paths(before, after);
  if (trace.empty()) return whole_change(before, after);
  std::vector<Change> changes;
  Index x = static_cast<Index>(before.size()), y = static_cast<Index>(after.size());
  for (Index d = static_cast<Index>(trace.size()) - 1; d >= 0; --d) {
    const std::vector<Index>& reach = trace[static_cast<std::size_t>(d)];
    const Index middle = static_cast<Index>(reach.size() / 2), k = x - y;
    const auto at = [&](Index diagonal) { return reach[static_cast<std::size_t>(middle + diagonal)]; };
    const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
    const Index from_k = down ? k + 1 : k - 1;
    const Index from_x = d == 0 ? 0 : at(from_k), from_y = d == 0 ? 0 : from_x - from_k;
    for (; x > from_x && y > from_y; --x, --y) changes.push_back({' ', before[static_cast<std::size_t>(x - 1)]});
    if (d == 0) break;
    if (down)
      changes.push_back({'+', after[static_cast<std::size_t>(--y)]});
    else
      changes.push_back({'-', before[static_cast<std::size_t>(--x)]});
  }
  std::reverse(changes.begin(), changes.end());
  return changes;
}

std::vector<Change> script(const Lines& before, const Lines& after) {
  const auto ends = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto head = ends.first - before.begin();
  auto tail = std::mismatch(before.rbegin(), before.rend() - head, after.rbegin(), after.rend() - head);
  const Lines middle_before(ends.first, tail.first.base()), middle_after(ends.second, tail.second.base());
  std::vector<Change> changes;
  for (auto line = before.begin(); line != ends.first; ++line) changes.push_back({' ', *line});
  for (const Change& change : shortest_script(middle_before, middle_after)) changes.push_back(change);
  for (auto line = tail.first.base(); line != before.end(); ++line) changes.push_back({' ', *line});
  return changes;
}

/// "4,7"; "4" for one line. An empty range names the line before it.
std::string range(std::size_t first, std::size_t count) {
  if (count == 1) return fmt::format("{}", first);
  return fmt::format("{},{}", count == 0 ? first - 1 : first, count);
}

/// Changes put together to hunks.
class HunkWriter {
 public:
  HunkWriter(std::string_view before, std::string_view after, const ShownLine& shown)
      : before_(before), after_(after), shown_(shown), changes_(script(lines_of(before), lines_of(after))) {}

  UnifiedDiff write(std::string head) {
    diff_.text = std::move(head);
    for (std::size_t at = 0; at < changes_.size();) {
      if (changes_[at].sign == ' ') {
        pass(at++);
      } else {
        at = hunk(at);
      }
    }
    return std::move(diff_);
  }

 private:
  /// The hunk whose first change is at `first`; returns where the next one may begin.
  std::size_t hunk(std::size_t first) {
    const std::size_t last = last_change(first);
    // With less context on one side than on the other, patch takes the hunk for one at an end of the file.
    const std::size_t context = std::min(clear_lines(first, false), clear_lines(last + 1, true));
    const std::size_t lead = std::min(context, first - done_), stop = std::min(last + 1 + context, changes_.size());
    const std::size_t old_first = old_line_ - lead, new_first = new_line_ - lead;
    std::string body;
    for (std::size_t at = first - lead; at < stop; ++at) {
      body += line_text(changes_[at]);
      if (at >= first) pass(at);
    }
    diff_.text += fmt::format("@@ -{} +{} @@\n{}", range(old_first, old_line_ - old_first),
                              range(new_first, new_line_ - new_first), body);
    done_ = stop;
    return stop;
  }

  void pass(std::size_t at) {
    old_line_ += changes_[at].sign == '+' ? 0 : 1;
    new_line_ += changes_[at].sign == '-' ? 0 : 1;
  }

  /// A hunk goes on as long as the next change is near enough that their contexts meet.
  std::size_t last_change(std::size_t first) const {
    std::size_t last = first, quiet = 0;
    for (std::size_t at = first; at < changes_.size() && quiet <= 2 * kContext; ++at) {
      quiet = changes_[at].sign == ' ' ? quiet + 1 : 0;
      if (quiet == 0) last = at;
      if (quiet > 0 && is_masked(changes_[at])) break;
    }
    return last;
  }

  /// How many lines from `at` on (forward, or before it) may be context; at the end of the file as many as are wanted.
  std::size_t clear_lines(std::size_t at, bool forward) const {
    for (std::size_t count = 0; count < kContext; ++count) {
      if (forward ? at + count >= changes_.size() : at < count + 1) return kContext;
      const Change& change = changes_[forward ? at + count : at - 1 - count];
      if (change.sign == ' ' && is_masked(change)) return count;
    }
    return kContext;
  }

  std::string line_text(const Change& change) {
    std::string text = change.sign + shown(change);
    diff_.masked = diff_.masked || std::string_view(text).substr(1) != without_ending(change.line);
    text += change.line.ends_with('\n') ? "\n" : "\n\\ No newline at end of file\n";
    return text;
  }

  static std::string_view without_ending(std::string_view line) {
    if (line.ends_with('\n')) line.remove_suffix(1);
    return line;
  }

  std::string shown(const Change& change) const {
    const std::string_view line = without_ending(change.line);
    if (!shown_) return std::string(line);
    const std::string_view text = change.sign == '+' ? after_ : before_;
    const auto begin = static_cast<std::size_t>(line.data() - text.data());
    return shown_(text, begin, begin + line.size());
  }

  bool is_masked(const Change& change) const { return shown(change) != without_ending(change.line); }

  std::string_view before_, after_;
  const ShownLine& shown_;
  std::vector<Change> changes_;
  UnifiedDiff diff_;
  std::size_t old_line_ = 1, new_line_ = 1;  // of the change that comes next
  std::size_t done_ = 0;                     // changes that are in a hunk, or before one
};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// A name as git writes it, and as git apply and GNU patch read it: in double quotes where it could be misread; a tab
/// ends one with a space.
std::string header_name(const std::string& name) {
  const bool quoted =
      std::any_of(name.begin(), name.end(), [](char c) { return is_control(c) || c == '"' || c == '\\'; });
  if (!quoted) return name.find(' ') == std::string::npos ? name : name + '\t';
  std::string result = "\"";
  for (const char c : name) {
    if (is_control(c))
      result += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    else
      result += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return result + '"';
}

}  // namespace

UnifiedDiff unified_diff(std::string_view path, std::string_view before, std::string_view after,
                         const ShownLine& shown) {
  if (before == after) return {};
  const std::string name = std::filesystem::path(path).lexically_normal().relative_path().generic_string();
  return HunkWriter(before, after, shown)
      .write(fmt::format("--- {}\n+++ {}\n", header_name("a/" + name), header_name("b/" + name)));
}

}  // namespace tlsward
