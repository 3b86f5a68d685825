// Steps over the text of a file: blanks, lines, comments.
#pragma once

#include <cstdint>
#include <string_view>

namespace tlsward::lint {

using Offset = std::uint32_t;

/// A text and steps over it.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  char at(Offset offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  Offset size() const { return static_cast<Offset>(text_.size()); }
  std::string_view between(Offset begin, Offset end) const {
    return begin < end ? text_.substr(begin, end - begin) : std::string_view{};
  }
  Offset skip_blanks(Offset offset) const {
    while (at(offset) == ' ' || at(offset) == '\t') ++offset;
    return offset;
  }
  Offset skip_blanks_back(Offset offset) const {
    while (offset > 0 && (text_[offset - 1] == ' ' || text_[offset - 1] == '\t')) --offset;
    return offset;
  }
  Offset skip_white(Offset offset) const {
    while (at(offset) == ' ' || at(offset) == '\t' || at(offset) == '\r' || at(offset) == '\n') ++offset;
    return offset;
  }
  Offset line_start(Offset offset) const {
    while (offset > 0 && text_[offset - 1] != '\n') --offset;
    return offset;
  }
  /// The line ending at or behind `offset`, or the end of the text.
  Offset line_end(Offset offset) const {
    while (offset < size() && text_[offset] != '\n') ++offset;
    return offset > 0 && at(offset) == '\n' && text_[offset - 1] == '\r' ? offset - 1 : offset;
  }
  bool at_line_end(Offset offset) const {
    return offset >= size() || at(offset) == '\n' || (at(offset) == '\r' && at(offset + 1) == '\n');
  }
  /// Behind the line ending at `offset`.
  Offset next_line(Offset offset) const {
    if (at(offset) == '\r') ++offset;
    return at(offset) == '\n' ? offset + 1 : offset;
  }
  bool starts_line(Offset offset) const { return skip_blanks(line_start(offset)) == offset; }
  /// Behind a comment that follows on the same line; `offset` where none does.
  Offset skip_comment(Offset offset) const {
    const Offset hash = skip_blanks(offset);
    return at(hash) == '#' && hash > offset ? line_end(hash) : offset;
  }
  std::string_view line_ending(Offset offset) const { return at(line_end(offset)) == '\r' ? "\r\n" : "\n"; }

 private:
  std::string_view text_;
};

}  // namespace tlsward::lint
