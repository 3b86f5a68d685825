#include "net/server_text.h"

#include <algorithm>

namespace tlsward::net {
namespace {

constexpr std::string_view kCut = "...";

bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::string printable(std::string_view text, std::size_t limit) {
  std::string shown;
  for (const char c : text) {
    if (is_blank(c)) {
      if (!shown.empty() && shown.back() != ' ') shown += ' ';
    } else {
      shown += c > ' ' && c <= '~' ? c : '.';
    }
    if (shown.size() > limit + 1) break;
  }
  if (shown.ends_with(' ')) shown.pop_back();
  if (shown.size() > limit) shown.replace(limit - kCut.size(), std::string::npos, kCut);
  return shown;
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

std::string lower_case(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), lower);
  return lowered;
}

bool starts_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  if (!std::equal(word.begin(), word.end(), text.begin(), same)) return false;
  return text.size() == word.size() || text[word.size()] == ' ';
}

}  // namespace tlsward::net
