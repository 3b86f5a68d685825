#include "core/userinfo.h"

#include <algorithm>

namespace tlsward {
namespace {

constexpr std::string_view kEndsWord = "/?#\\\"'`<>()[]{},;= \t\r\n";

std::size_t word_begin(std::string_view text, std::size_t end) {
  const std::size_t before = end == 0 ? std::string_view::npos : text.find_last_of(kEndsWord, end - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

bool is_user_and_password(std::string_view word) {
  const std::size_t colon = word.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < word.size() && !word.starts_with("mailto:") &&
         !word.starts_with("email:");
}

bool begins_host(std::string_view rest) {
  return !rest.empty() && rest.front() != '.' &&
         std::string_view("\"'` \t\r\n,)").find(rest.front()) == std::string_view::npos;
}

std::string replaced(std::string_view text, std::string_view replacement, std::size_t also) {
  std::string result;
  std::size_t at = 0;
  for (auto found = find_userinfo(text); found; found = find_userinfo(text, found->end)) {
    result += text.substr(at, found->begin - at);
    result += replacement;
    at = std::min(found->end + also, text.size());
  }
  return result += text.substr(at);
}

}  // namespace

std::optional<ByteRange> find_userinfo(std::string_view text, std::size_t from) {
  for (std::size_t sign = text.find('@', from); sign != std::string_view::npos; sign = text.find('@', sign + 1)) {
    const std::size_t begin = std::max(word_begin(text, sign), from);
    const std::size_t end = text.substr(0, text.find_first_of(kEndsWord, sign)).rfind('@');
    if (begin == sign || !begins_host(text.substr(end + 1))) continue;
    const std::string_view before = text.substr(0, begin);
    if (before.ends_with("://") || (!before.ends_with('/') && is_user_and_password(text.substr(begin, end - begin))))
      return ByteRange{begin, end};
  }
  return std::nullopt;
}

std::string without_userinfo(std::string_view text) {
  return replaced(text, "\u2026", 0);
}

std::string address_without_userinfo(std::string_view text) {
  return replaced(text, "", 1);
}

}  // namespace tlsward
