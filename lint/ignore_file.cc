// Both levels of matching (characters of a name, names of a path) have a star that takes any number. Each is done by
// remembering only the last star and letting it take one more whenever the rest does not fit, so that no pattern can
// make matching slow.
#include "lint/ignore_file.h"

#include <algorithm>
#include <utility>

namespace tlsward::lint {
namespace {

constexpr std::string_view kAnyDirectories = "**";

/// Length of the first element of a pattern: `[…]`, `\c` or one character.
std::size_t element_length(std::string_view pattern) {
  if (pattern.front() == '\\' && pattern.size() > 1) return 2;
  if (pattern.front() != '[') return 1;
  std::size_t close = 1;
  if (close < pattern.size() && (pattern[close] == '!' || pattern[close] == '^')) ++close;
  // A bracket that comes first is one of the characters.
  if (close < pattern.size() && pattern[close] == ']') ++close;
  close = pattern.find(']', close);
  return close == std::string_view::npos ? 1 : close + 1;
}

bool class_matches(std::string_view inside, char c) {
  const bool negated = !inside.empty() && (inside.front() == '!' || inside.front() == '^');
  if (negated) inside.remove_prefix(1);
  bool found = false;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (i + 2 < inside.size() && inside[i + 1] == '-') {
      found = found || (inside[i] <= c && c <= inside[i + 2]);
      i += 2;
    } else {
      found = found || inside[i] == c;
    }
  }
  return found != negated;
}

bool element_matches(std::string_view element, char c) {
  if (element.size() == 1) return element.front() == '?' || element.front() == c;
  if (element.front() == '\\') return element[1] == c;
  return class_matches(element.substr(1, element.size() - 2), c);
}

bool matches_parts(const std::vector<std::string>& pattern, const std::vector<std::string_view>& path) {
  std::size_t p = 0, t = 0;
  std::size_t star = pattern.size(), taken = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == kAnyDirectories) {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && matches_glob(pattern[p], path[t])) {
      ++p;
      ++t;
    } else if (star < pattern.size()) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  // `dir/**` is everything below `dir`, not `dir` itself.
  return p == pattern.size();
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = path.find('/');
    parts.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

/// Without the blanks at the end, unless a backslash keeps one.
std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && line.back() == ' ' && (line.size() < 2 || line[line.size() - 2] != '\\'))
    line.remove_suffix(1);
  return line;
}

}  // namespace

bool matches_glob(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, taken = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      taken = t;
      continue;
    }
    const std::size_t length = p < pattern.size() ? element_length(pattern.substr(p)) : 0;
    if (length > 0 && element_matches(pattern.substr(p, length), text[t])) {
      p += length;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star;
      t = ++taken;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

IgnoreFile::IgnoreFile(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (std::optional<Pattern> pattern = parse(line)) patterns_.push_back(std::move(*pattern));
  }
}

std::optional<IgnoreFile::Pattern> IgnoreFile::parse(std::string_view line) {
  line = without_trailing_blanks(line);
  if (line.empty() || line.front() == '#') return std::nullopt;
  Pattern pattern;
  if (line.front() == '!') {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (!line.empty() && line.back() == '/') {
    pattern.directory_only = true;
    line.remove_suffix(1);
  }
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (!line.empty() && line.front() == '/') line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  for (std::string_view part : split(line)) {
    // Two stars in a row say no more than one.
    if (part == kAnyDirectories && !pattern.parts.empty() && pattern.parts.back() == kAnyDirectories) continue;
    pattern.parts.emplace_back(part);
  }
  if (pattern.anchored && pattern.parts.back() == kAnyDirectories) pattern.parts.emplace_back("*");
  return pattern;
}

std::optional<bool> IgnoreFile::ignores(std::string_view path, bool is_directory) const {
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  std::vector<std::string_view> parts;
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->directory_only && !is_directory) continue;
    if (pattern->anchored && parts.empty()) parts = split(path);
    const bool matches =
        pattern->anchored ? matches_parts(pattern->parts, parts) : matches_glob(pattern->parts.front(), name);
    if (matches) return !pattern->negated;
  }
  return std::nullopt;
}

}  // namespace tlsward::lint
