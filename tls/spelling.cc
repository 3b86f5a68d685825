// Products agree on what a cipher suite, a group or a version is, and on nothing about how to write it: "P-256",
// "prime256v1" and "23" are one curve. Two ideas cover nearly all of it. A *name* is compared after folding, which
// drops case and the separators that people use freely; a *number* is the code point itself, in decimal or hex. What is
// left (several names for one thing) stands in alias tables beside the names.
#include "tls/spelling.h"

#include <charconv>

namespace tlsward::tls {
namespace {

bool is_separator(char c) {
  return c == ' ' || c == '\t' || c == '-' || c == '_' || c == '+';
}

// std::tolower depends on the locale; names here are ASCII.
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::uint16_t> parse_digits(std::string_view digits, int base) {
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string unknown_name(std::uint16_t code) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex = "0x";
  for (int shift = 12; shift >= 0; shift -= 4) hex += kDigits[(code >> shift) & 0xF];
  return is_grease(code) ? "GREASE (" + hex + ")" : hex;
}

std::string fold(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : text) {
    if (!is_separator(c)) key += lower(c);
  }
  return key;
}

bool folds_to(std::string_view text, std::string_view folded) {
  std::size_t matched = 0;
  for (const char c : text) {
    if (is_separator(c)) continue;
    if (matched == folded.size() || lower(c) != folded[matched]) return false;
    ++matched;
  }
  return matched == folded.size();
}

std::optional<std::uint16_t> parse_number(std::string_view text) {
  text = trim(text);
  if (text.starts_with("0x") || text.starts_with("0X")) return parse_hex(text.substr(2));
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return parse_digits(text, 10);
}

std::optional<std::uint16_t> parse_hex(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  return parse_digits(digits, 16);
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace tlsward::tls
