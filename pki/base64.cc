#include "pki/base64.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace tlsward::pki {
namespace {

constexpr std::uint8_t kNone = 0xff;

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> kValues = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}();

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

Error bad(std::string_view what, std::size_t line) {
  return Error{"bad base64: " + std::string(what) + " in line " + std::to_string(line)};
}

}  // namespace

bool is_base64_character(char c) {
  return c == '=' || kValues[static_cast<unsigned char>(c)] != kNone;
}

Result<SecretBytes> decode_base64(std::string_view text, std::size_t first_line) {
  SecretBytes bytes(text.size() / 4 * 3 + 3);
  std::size_t line = first_line;
  std::uint32_t group = 0;
  int digits = 0;
  int padding = 0;
  for (char c : text) {
    if (c == '\n') ++line;
    if (is_blank(c)) continue;
    if (c == '=') {
      if (digits + padding < 2 || digits + padding > 3) return bad("'=' out of place", line);
      ++padding;
      continue;
    }
    const std::uint8_t value = kValues[static_cast<unsigned char>(c)];
    if (value == kNone) return bad("a character that is none of A-Z a-z 0-9 + / =", line);
    if (padding > 0) return bad("text after the closing '='", line);
    group = group << 6 | value;
    if (++digits < 4) continue;
    for (int shift : {16, 8, 0}) bytes.push_back(static_cast<unsigned char>(group >> shift & 0xff));
    group = 0;
    digits = 0;
  }
  if (digits == 0) return bytes;
  if (digits + padding != 4) return Error{"bad base64: length is no multiple of 4, the end or a character is missing"};
  if (digits >= 2) bytes.push_back(static_cast<unsigned char>(group >> (digits == 3 ? 10 : 4) & 0xff));
  if (digits == 3) bytes.push_back(static_cast<unsigned char>(group >> 2 & 0xff));
  return bytes;
}

SecretBytes encode_base64(std::span<const unsigned char> bytes) {
  SecretBytes text((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < count ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) {
      const std::size_t digit = group >> (18 - 6 * k) & 0x3f;
      text.push_back(static_cast<unsigned char>(k <= count ? kAlphabet[digit] : '='));
    }
  }
  return text;
}

}  // namespace tlsward::pki
