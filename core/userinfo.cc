#include "core/userinfo.h"

#include <algorithm>

#include "core/secret_name.h"

namespace tlsward {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr std::string_view kEndsValue = "&#\\\"'`<>(){}[],; \t\r\n";
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

std::string without_query_secrets(std::string_view text) {
  std::string result;
  std::size_t at = 0;
  for (auto found = find_query_secret(text); found; found = find_query_secret(text, found->end)) {
    result += text.substr(at, found->begin - at);
    result += kEllipsis;
    at = found->end;
  }
  return result += text.substr(at);
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

std::optional<ByteRange> find_query_secret(std::string_view text, std::size_t from) {
  for (std::size_t mark = text.find_first_of("?&", from); mark != std::string_view::npos;
       mark = text.find_first_of("?&", mark + 1)) {
    const std::size_t sign = std::min(text.find_first_of("=?&", mark + 1), text.size());
    if (text.substr(sign, 1) != "=" || text.substr(sign + 1, 2) == "${") continue;
    const std::size_t end = std::min(text.find_first_of(kEndsValue, sign + 1), text.size());
    const std::string_view name = text.substr(mark + 1, sign - mark - 1);
    const bool is_name = name.find_first_of(kEndsValue) == std::string_view::npos;
    if (is_name && is_secret_name(name) && end > sign + 1) return ByteRange{sign + 1, end};
  }
  return std::nullopt;
}

std::string without_userinfo(std::string_view text) {
  return without_query_secrets(replaced(text, kEllipsis, 0));
}

std::string address_without_userinfo(std::string_view text) {
  return without_query_secrets(replaced(text, "", 1));
}

}  // namespace tlsward
