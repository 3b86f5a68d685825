// What makes a text unfit for any reader, and which of its bytes are whole code points.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/document.h"

namespace tlsward {

/// Number of bytes of the UTF-8 byte-order mark that `text` starts with: 0 or 3.
std::size_t byte_order_mark(std::string_view text);

/// Length of the code point at `offset` (1 to 4), or 0 where no valid UTF-8 stands there (RFC 3629, 4: no overlong
/// forms, no surrogates, nothing beyond U+10FFFF).
std::size_t utf8_length(std::string_view text, std::size_t offset);

/// Offset of the first byte that is not valid UTF-8, or `text.size()`.
std::size_t first_invalid_utf8(std::string_view text);

/// The code point at `offset`, where utf8_length() is not 0.
char32_t code_point(std::string_view text, std::size_t offset);

/// The one reason why no reader should start on `text`: too large, empty, or binary. Otherwise nothing.
std::optional<SyntaxError> unreadable(std::string_view text, FileId file, const Limits& limits);

/// The span of `length` bytes at `offset`.
Span span_at(FileId file, std::size_t offset, std::size_t length = 0);

}  // namespace tlsward
