#include "core/width.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace tlsward {
namespace {

struct Range {
  char32_t first, last;
};

constexpr std::array kZeroWidth = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A}, Range{0x064B, 0x065F},
    Range{0x0900, 0x0902}, Range{0x093C, 0x093C}, Range{0x0E31, 0x0E31}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E},
    Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E}, Range{0x2060, 0x2064},
    Range{0x20D0, 0x20F0}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}, Range{0xE0100, 0xE01EF},
};

constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x231A, 0x231B},   Range{0x23E9, 0x23EC},   Range{0x2614, 0x2615},
    Range{0x2648, 0x2653},   Range{0x26A1, 0x26A1},   Range{0x2705, 0x2705},   Range{0x2728, 0x2728},
    Range{0x274C, 0x274C},   Range{0x2753, 0x2757},   Range{0x2795, 0x2797},   Range{0x2E80, 0x303E},
    Range{0x3041, 0x33FF},   Range{0x3400, 0x4DBF},   Range{0x4E00, 0x9FFF},   Range{0xA000, 0xA4CF},
    Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x16FE0, 0x18AFF}, Range{0x1B000, 0x1B2FF},
    Range{0x1F200, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1FAFF}, Range{0x20000, 0x3FFFD},
};

template <std::size_t n>
bool in(const std::array<Range, n>& ranges, char32_t value) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), value, [](char32_t v, const Range& r) { return v < r.first; });
  return after != ranges.begin() && value <= std::prev(after)->last;
}

constexpr CodePoint kBroken{0xFFFD, 1};

/// How many bytes in front are plain ASCII without control characters: most of what is printed is nothing else.
std::size_t plain_prefix(std::string_view text) {
  const auto special = std::find_if(text.begin(), text.end(), [](unsigned char c) { return c < ' ' || c >= 0x7F; });
  return static_cast<std::size_t>(special - text.begin());
}

// The marks and formatting characters of right-to-left text reorder what follows them on the screen; U+2028 and U+2029
// break lines.
constexpr std::array kHarmful = {
    Range{0x0000, 0x001F}, Range{0x007F, 0x009F}, Range{0x061C, 0x061C},
    Range{0x200E, 0x200F}, Range{0x2028, 0x202E}, Range{0x2066, 0x2069},
};

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

}  // namespace

CodePoint first_code_point(std::string_view text) {
  if (text.empty()) return {};
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return kBroken;
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return kBroken;
    value = (value << 6) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> kShortest = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kShortest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return kBroken;
  return {value, length};
}

int columns(char32_t code_point) {
  if (code_point < kZeroWidth.front().first) return 1;
  if (in(kZeroWidth, code_point)) return 0;
  return in(kWide, code_point) ? 2 : 1;
}

int columns(std::string_view text) {
  const std::size_t plain = plain_prefix(text);
  int total = static_cast<int>(plain);
  text.remove_prefix(plain);
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    total += columns(point.value);
    text.remove_prefix(point.bytes);
  }
  return total;
}

bool acts_on_terminal(char32_t code_point) {
  return in(kHarmful, code_point);
}

std::string printable(std::string_view text, int column, int tab) {
  const std::size_t plain = plain_prefix(text);
  std::string result(text.substr(0, plain));
  column += static_cast<int>(plain);
  text.remove_prefix(plain);
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    if (point.value == '\t') {
      const int blanks = tab - column % tab;
      result.append(static_cast<std::size_t>(blanks), ' ');
      column += blanks;
    } else if (acts_on_terminal(point.value) || point.value == 0xFFFD) {
      result += kReplacement;
      ++column;
    } else {
      result.append(text.substr(0, point.bytes));
      column += columns(point.value);
    }
    text.remove_prefix(point.bytes);
  }
  return result;
}

std::string printable_lines(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    const bool kept = point.value == '\n' || point.value == '\t' || !acts_on_terminal(point.value);
    result += kept && point.value != kBroken.value ? text.substr(0, point.bytes) : kReplacement;
    text.remove_prefix(point.bytes);
  }
  return result;
}

}  // namespace tlsward
