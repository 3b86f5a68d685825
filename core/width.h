// How wide text is on a terminal, and text that is safe to print there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tlsward {

/// One code point of UTF-8 text; a byte that is no UTF-8 stands for itself as U+FFFD.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  // 1 to 4; 0 at the end of the text
};
CodePoint first_code_point(std::string_view text);

/// Columns that a code point takes: 0 for combining marks, 2 for East Asian wide and emoji, else 1 (Unicode UAX #11,
/// version 15; ranges simplified to whole blocks).
int columns(char32_t code_point);
/// Columns of a text without tabs and control characters.
int columns(std::string_view text);

/// True for control characters and for those that break or turn round lines (U+2028, U+202E and the like).
bool acts_on_terminal(char32_t code_point);
/// The text with characters that act on a terminal and invalid UTF-8 replaced by U+FFFD and tabs by blanks up to the
/// next multiple of `tab` columns, counted from `column`: nothing in a file or an argument can move the cursor or
/// colour the screen.
std::string printable(std::string_view text, int column = 0, int tab = 4);
/// The same for several lines: line breaks and tabs stay.
std::string printable_lines(std::string_view text);

}  // namespace tlsward
