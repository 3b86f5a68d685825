// A line is judged by itself and by the text in front of it: a PEM block usually spans many lines, so for a line in the
// middle of one the nearest BEGIN above decides.
#include "report/secret.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace tlsward::report {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kPrivateKey = "PRIVATE KEY-----";
// A private key of 16,384 bits in PEM takes 13 KiB.
constexpr std::size_t kLookBack = std::size_t{32} << 10;

constexpr std::array<std::string_view, 8> kSecretWords = {"secret", "password", "passwd",  "passphrase",
                                                          "token",  "apikey",   "api_key", "credential"};

bool opens_private_key(std::string_view text, std::size_t begin_marker) {
  const std::string_view label = text.substr(begin_marker, 64);
  return label.find(kPrivateKey) != std::string_view::npos;
}

// True where offset `at` lies between BEGIN … PRIVATE KEY----- and its END.
bool inside_private_key(std::string_view text, std::size_t at) {
  const std::size_t from = at > kLookBack ? at - kLookBack : 0;
  const std::string_view before = text.substr(from, at - from);
  const std::size_t begin = before.rfind(kBegin);
  if (begin == std::string_view::npos || !opens_private_key(text, from + begin)) return false;
  return before.find(kEnd, begin) == std::string_view::npos;
}

void hide(std::string& line, std::size_t begin, std::size_t end) {
  std::fill(line.begin() + static_cast<std::ptrdiff_t>(begin), line.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

void hide_key_bodies(std::string& line, bool inside) {
  std::size_t at = 0;
  while (at < line.size()) {
    if (inside) {
      const std::size_t end = std::min(line.find(kEnd, at), line.size());
      const std::size_t first = std::min(line.find_first_not_of(" \t", at), end);
      hide(line, first, end);
      if (end == line.size()) return;
      at = end + kEnd.size();
      inside = false;
      continue;
    }
    const std::size_t begin = line.find(kBegin, at);
    if (begin == std::string::npos) return;
    at = begin + kBegin.size();
    if (!opens_private_key(line, begin)) continue;
    at = line.find(kPrivateKey, begin) + kPrivateKey.size();
    inside = true;
  }
}

bool secret_name(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::any_of(kSecretWords.begin(), kSecretWords.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

bool is_name_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// Flags and numbers are no secrets, and to hide them would hide what the finding is about.
bool is_plain_word(std::string_view value) {
  return value == "true" || value == "false" || value == "null" ||
         std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

void hide_value(std::string& line, std::size_t from) {
  std::size_t begin = line.find_first_not_of(" \t", from);
  if (begin == std::string::npos || line[begin] == '{' || line[begin] == '[') return;
  std::size_t end = 0;
  if (line[begin] == '"' || line[begin] == '\'') {
    const char quote = line[begin++];
    end = begin;
    while (end < line.size() && line[end] != quote) end += line[end] == '\\' && quote == '"' ? 2U : 1U;
    end = std::min(end, line.size());
  } else {
    end = line.find_first_of(",}]#", begin);
    end = end == std::string::npos ? line.size() : end;
    while (end > begin && line[end - 1] == ' ') --end;
  }
  if (!is_plain_word(std::string_view(line).substr(begin, end - begin))) hide(line, begin, end);
}

void hide_named_values(std::string& line) {
  for (std::size_t colon = line.find(':'); colon != std::string::npos; colon = line.find(':', colon + 1)) {
    std::size_t end = colon;
    while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '"' || line[end - 1] == '\'')) --end;
    std::size_t begin = end;
    while (begin > 0 && is_name_byte(line[begin - 1])) --begin;
    if (secret_name(std::string_view(line).substr(begin, end - begin))) hide_value(line, colon + 1);
  }
}

}  // namespace

std::string masked_line(std::string_view text, std::size_t begin, std::size_t end) {
  std::string line(text.substr(begin, end - begin));
  hide_key_bodies(line, inside_private_key(text, begin));
  hide_named_values(line);
  return line;
}

}  // namespace tlsward::report
