// What a server sent, as text: views without a copy, and text that is safe to print.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tlsward::net {

/// The same bytes as characters.
std::string_view text_of(std::span<const std::uint8_t> bytes);
/// The same characters as bytes.
std::span<const std::uint8_t> bytes_of(std::string_view text);

/// `text` in printable ASCII, at most `limit` characters (`limit` is at least 3): blanks and ends of line become single
/// spaces, none at either end, every other byte a dot; what is cut off shows as "...".
std::string printable(std::string_view text, std::size_t limit);

/// Up to the first end of line, which is CR, LF or both; everything where there is none.
std::string_view first_line(std::string_view text);

/// ASCII letters in lower case.
std::string lower_case(std::string_view text);
/// `text` is `word` or begins with it and a space, whatever the case of the letters.
bool starts_with_word(std::string_view text, std::string_view word);

}  // namespace tlsward::net
