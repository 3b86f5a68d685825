#include "core/text_check.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>

namespace tlsward {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LittleEndian = "\xFF\xFE";
constexpr std::string_view kUtf16BigEndian = "\xFE\xFF";
// The first begins as UTF-16 does, but no text begins with U+0000.
constexpr std::string_view kUtf32LittleEndian("\xFF\xFE\0\0", 4);
constexpr std::string_view kUtf32BigEndian("\0\0\xFE\xFF", 4);
constexpr std::string_view kBlank = " \t\r\n";

unsigned byte_at(std::string_view text, std::size_t offset) {
  return static_cast<unsigned char>(text[offset]);
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0U) == 0x80U;
}

/// Length that the first byte of a code point announces; 0 for a byte that starts none.
std::size_t announced_length(unsigned first) {
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return 2;
  if (first >= 0xE0U && first <= 0xEFU) return 3;
  if (first >= 0xF0U && first <= 0xF4U) return 4;
  return 0;
}

/// RFC 3629, 4: which second bytes may follow, so that overlong forms, surrogates and numbers too large fall out.
bool second_fits(unsigned first, unsigned second) {
  switch (first) {
    case 0xE0U:
      return second >= 0xA0U;
    case 0xEDU:
      return second <= 0x9FU;
    case 0xF0U:
      return second >= 0x90U;
    case 0xF4U:
      return second <= 0x8FU;
    default:
      return true;
  }
}

SyntaxError at_start(FileId file, std::string message) {
  return {.where = span_at(file, 0), .message = std::move(message)};
}

}  // namespace

std::size_t byte_order_mark(std::string_view text) {
  return text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
}

std::size_t utf8_length(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return 0;
  const unsigned first = byte_at(text, offset);
  const std::size_t length = announced_length(first);
  if (length == 0 || offset + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!is_continuation(byte_at(text, offset + i))) return 0;
  }
  if (length > 1 && !second_fits(first, byte_at(text, offset + 1))) return 0;
  return length;
}

std::size_t first_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t eight = 0;
    if (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080U) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t length = utf8_length(text, at);
    if (length == 0) return at;
    at += length;
  }
  return text.size();
}

char32_t code_point(std::string_view text, std::size_t offset) {
  const unsigned first = byte_at(text, offset);
  const std::size_t length = announced_length(first);
  if (length <= 1) return first;
  unsigned number = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) number = (number << 6U) | (byte_at(text, offset + i) & 0x3FU);
  return number;
}

std::optional<SyntaxError> unreadable(std::string_view text, FileId file, const Limits& limits) {
  if (text.size() > limits.file_bytes) {
    return at_start(file, fmt::format("file has {} bytes, more than the limit of {}", text.size(), limits.file_bytes));
  }
  if (text.starts_with(kUtf32LittleEndian) || text.starts_with(kUtf32BigEndian)) {
    return at_start(file, "file is UTF-32, expected UTF-8");
  }
  if (text.starts_with(kUtf16LittleEndian) || text.starts_with(kUtf16BigEndian)) {
    return at_start(file, "file is UTF-16, expected UTF-8");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return SyntaxError{.where = span_at(file, nul, 1),
                       .message = "file is binary (it holds a NUL byte), expected text"};
  }
  if (const std::size_t mark = byte_order_mark(text); mark > 0 && byte_order_mark(text.substr(mark)) > 0) {
    return SyntaxError{.where = span_at(file, mark, mark),
                       .message = "found a second byte-order mark, expected one at most"};
  }
  if (text.find_first_not_of(kBlank, byte_order_mark(text)) == std::string_view::npos) {
    return at_start(file, "file is empty");
  }
  return std::nullopt;
}

Span span_at(FileId file, std::size_t offset, std::size_t length) {
  return {
      .file = file, .begin = static_cast<std::uint32_t>(offset), .end = static_cast<std::uint32_t>(offset + length)};
}

}  // namespace tlsward
