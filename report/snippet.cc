#include "report/snippet.h"

#include <algorithm>
#include <string>

#include "core/width.h"
#include "report/secret.h"

namespace tlsward::report {
namespace {

constexpr std::size_t kLongestLine = 240;  // bytes shown of one line
constexpr std::size_t kContext = 60;       // bytes kept in front of the place in a longer one
constexpr std::string_view kCut = "…";

struct Line {
  std::size_t begin = 0, end = 0;  // offsets in the file, line ending left out
};

Line line_at(const SourceMap& sources, FileId file, std::size_t number) {
  const std::string_view all = sources.text(file);
  const std::string_view line = sources.line(file, number);
  const auto begin = line.data() == nullptr ? 0 : static_cast<std::size_t>(line.data() - all.data());
  return {begin, begin + line.size()};
}

bool continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Cuts a line to a window round `at`, at code point borders.
Line window(std::string_view all, Line line, std::size_t at) {
  if (line.end - line.begin <= kLongestLine) return line;
  Line shown = line;
  if (at > line.begin + kContext) shown.begin = at - kContext;
  shown.end = std::min(line.end, shown.begin + kLongestLine);
  while (shown.begin > line.begin && continuation(all[shown.begin])) --shown.begin;
  while (shown.end < line.end && continuation(all[shown.end])) ++shown.end;
  return shown;
}

bool blank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// The shown part of a line, masked. A secret may begin in front of what is shown and be known by what stands behind it,
// so more than that is looked at, but never the whole of a line that may be as long as the file.
std::string masked(std::string_view all, Line line, Line shown) {
  constexpr std::size_t kAround = 4096;
  const std::size_t from = std::max(line.begin, shown.begin - std::min(shown.begin, kAround));
  const std::size_t to = std::min(line.end, shown.end + kAround);
  return masked_line(all, from, to).substr(shown.begin - from, shown.end - shown.begin);
}

}  // namespace

Snippet snippet(const SourceMap& sources, Span where, std::string_view label) {
  Snippet result;
  if (!where.known()) return result;
  const std::string_view all = sources.text(where.file);
  const std::size_t number = sources.position(where.file, where.begin).line;
  const Line line = line_at(sources, where.file, number);
  result.gutter = static_cast<int>(std::to_string(number).size());

  if (number > 1) {
    const Line before = line_at(sources, where.file, number - 1);
    const Line shown = window(all, before, before.begin);
    if (!blank(all.substr(before.begin, before.end - before.begin))) {
      result.rows.push_back({number - 1, printable(masked(all, before, shown))});
    }
  }

  const std::size_t at = std::min<std::size_t>(where.begin, line.end);
  const Line shown = window(all, line, at);
  const std::string safe = masked(all, line, shown);
  const std::string_view visible = safe;
  const std::size_t mark = at - shown.begin;
  const std::size_t stop = std::clamp<std::size_t>(where.end, at, shown.end) - shown.begin;

  const std::string head = shown.begin > line.begin ? std::string(kCut) : std::string();
  const std::string tail = shown.end < line.end ? std::string(kCut) : std::string();
  const int start = columns(std::string_view(head));
  const std::string before = printable(visible.substr(0, mark), start);
  const int from = start + columns(before);
  const std::string marked = printable(visible.substr(mark, stop - mark), from);
  const std::string after = printable(visible.substr(stop), from + columns(marked));
  result.rows.push_back({number, head + before + marked + after + tail});

  std::string underline(static_cast<std::size_t>(from), ' ');
  underline.append(static_cast<std::size_t>(std::max(1, columns(marked))), '^');
  if (!label.empty()) underline += " " + printable(label);
  result.rows.push_back({0, underline});
  return result;
}

}  // namespace tlsward::report
