// A line is judged by itself and by the text in front of it: a PEM block usually spans many lines, so for a line in the
// middle of one the nearest BEGIN above decides.
#include "report/secret.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "core/secret_name.h"
#include "core/userinfo.h"

namespace tlsward::report {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kPrivateKey = "PRIVATE KEY-----";
// A private key of 16,384 bits in PEM takes 13 KiB.
constexpr std::size_t kLookBack = std::size_t{32} << 10;

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

/// "key", "private_key".
bool key_name(std::string_view name) {
  return name.ends_with("key") || name.ends_with("Key") || name.ends_with("KEY");
}

bool is_hexadecimal(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_name_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// Flags and numbers are no secrets, and to hide them would hide what the finding is about.
bool is_number(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_plain_word(std::string_view value) {
  return value == "true" || value == "false" || value == "null" || is_number(value);
}

/// A key in base64 that has lost its BEGIN and END; the names of files have a dot, ids of certificates are shorter.
bool is_long_base64(std::string_view value) {
  constexpr std::size_t kShortestKey = 60;
  return value.size() > kShortestKey &&
         std::all_of(value.begin(), value.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/' || c == '='; }) &&
         !is_hexadecimal(value);
}

/// An API key, as KrakenD lists them: no path, no reference or placeholder, no text that begins in the next line.
bool is_api_key(std::string_view value) {
  constexpr std::string_view kOtherBeginnings = "/.${<|>&*-";
  return !value.empty() && kOtherBeginnings.find(value.front()) == std::string_view::npos && !is_plain_word(value);
}

/// What stands behind the '[' of a list of plain API keys, or below it.
bool begins_api_keys(std::string_view value) {
  const std::size_t first = std::min(value.find_first_not_of(" \t\"'-"), value.size());
  return is_api_key(value.substr(first));
}

/// As htpasswd writes them: bcrypt, MD5, SHA-1.
bool is_password_hash(std::string_view value) {
  constexpr std::array<std::string_view, 5> kMarks = {"$2a$", "$2b$", "$2y$", "$apr1$", "{SHA}"};
  return std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) { return value.starts_with(mark); });
}

/// The value of an Authorization header (RFC 7617, 2; RFC 6750, 2.1).
bool is_authorization(std::string_view value) {
  return value.starts_with("Basic ") || value.starts_with("Bearer ");
}

bool is_secret(std::string_view name, std::string_view value, bool quoted) {
  if (is_password_hash(value) || is_authorization(value)) return true;
  if (is_secret_name(name)) return !is_plain_word(value) || (quoted && is_number(value));
  return (key_name(name) && is_long_base64(value)) || (name == "key" && is_api_key(value)) ||
         (name == "keys" && begins_api_keys(value));
}

/// Where the value behind a colon stands, without its quotes; empty for a container.
std::pair<std::size_t, std::size_t> value_behind(std::string_view line, std::size_t from) {
  std::size_t begin = line.find_first_not_of(" \t", from);
  if (begin == std::string_view::npos || line[begin] == '{') return {from, from};
  std::size_t end = 0;
  if (line[begin] == '[') {
    end = std::min(line.find(']', ++begin), line.size());
  } else if (line[begin] == '"' || line[begin] == '\'') {
    const char quote = line[begin++];
    end = begin;
    while (end < line.size() && line[end] != quote) end += line[end] == '\\' && quote == '"' ? 2U : 1U;
    end = std::min(end, line.size());
  } else {
    end = std::min(line.find_first_of(",}]#", begin), line.size());
    while (end > begin && line[end - 1] == ' ') --end;
  }
  return {begin, end};
}

/// The name in front of a colon, without its quotes.
std::string_view name_before(std::string_view line, std::size_t colon) {
  std::size_t end = colon;
  while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '"' || line[end - 1] == '\'')) --end;
  std::size_t begin = end;
  while (begin > 0 && is_name_byte(line[begin - 1])) --begin;
  return line.substr(begin, end - begin);
}

void hide_named_values(std::string& line) {
  for (std::size_t colon = line.find(':'); colon != std::string::npos; colon = line.find(':', colon + 1)) {
    const auto [begin, end] = value_behind(line, colon + 1);
    if (begin == end) continue;
    const bool quoted = line[begin - 1] == '"' || line[begin - 1] == '\'';
    if (is_secret(name_before(line, colon), std::string_view(line).substr(begin, end - begin), quoted))
      hide(line, begin, end);
  }
}

/// The value of "name" in the same object in front of `at`; empty where there is none.
std::string_view named_before(std::string_view text, std::size_t at) {
  constexpr std::string_view kName = "name";
  constexpr std::size_t kNear = 300;
  const std::size_t from = at > kNear ? at - kNear : 0;
  const std::string_view before = text.substr(from, at - from);
  const std::size_t name = before.rfind(kName);
  if (name == std::string_view::npos || before.find('}', name) != std::string_view::npos) return {};
  const std::size_t colon = std::min(before.find_first_not_of("\"' ", name + kName.size()), before.size());
  if (before.substr(colon, 1) != ":") return {};
  const std::string_view rest = before.substr(colon + 1, before.find('\n', colon) - colon - 1);
  const auto [begin, end] = value_behind(rest, 0);
  return rest.substr(begin, end - begin);
}

/// A header by name and value: `"name": "X-Api-Key", "value": "…"`.
void hide_values_of_headers(std::string& line, std::string_view text, std::size_t begin) {
  for (std::size_t colon = line.find(':'); colon != std::string::npos; colon = line.find(':', colon + 1)) {
    if (name_before(line, colon) != "value" || !is_secret_name(named_before(text, begin + colon))) continue;
    const auto [from, to] = value_behind(line, colon + 1);
    if (!is_plain_word(std::string_view(line).substr(from, to - from))) hide(line, from, to);
  }
}

std::size_t indentation(std::string_view line) {
  return std::min(line.find_first_not_of(" -"), line.size());
}

constexpr std::string_view kUsers = "users";

/// Bytes of the object that `json` begins with; all of them where it is not closed.
std::size_t length_of_object(std::string_view json) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '{') {
      ++depth;
    } else if (!quoted && c == '}' && --depth == 0) {
      return i + 1;
    }
  }
  return json.size();
}

/// The brace that opens the object of the key "users" at `key`; npos where it is no such key.
std::size_t object_of_users(std::string_view text, std::size_t key) {
  if (key > 0 && is_name_byte(text[key - 1])) return std::string_view::npos;
  const std::size_t colon = text.find_first_not_of("\"' \t\r\n", key + kUsers.size());
  if (colon == std::string_view::npos || text[colon] != ':') return std::string_view::npos;
  const std::size_t open = text.find_first_not_of(" \t\r\n", colon + 1);
  return open != std::string_view::npos && text[open] == '{' ? open : std::string_view::npos;
}

/// Where the objects of keys "users" begin and end, in order, up to the end of `text`; those that begin more than
/// kLookBack bytes before `begin` are not seen. Each byte is looked at a few times, however many there are.
std::vector<std::pair<std::size_t, std::size_t>> objects_of_users(std::string_view text, std::size_t begin) {
  std::vector<std::pair<std::size_t, std::size_t>> objects;
  const std::size_t from = begin > kLookBack ? begin - kLookBack : 0;
  for (std::size_t key = text.find(kUsers, from); key != std::string_view::npos; key = text.find(kUsers, key + 1)) {
    const std::size_t open = object_of_users(text, key);
    if (open == std::string_view::npos || (!objects.empty() && open < objects.back().second)) continue;
    objects.emplace_back(open, open + length_of_object(text.substr(open)));
  }
  return objects;
}

/// The nearest line above `begin`, of those not too far, that says something and is indented by less than `first`;
/// empty where there is none.
std::string_view line_round(std::string_view text, std::size_t begin, std::size_t first) {
  const std::size_t limit = begin > kLookBack ? begin - kLookBack : 0;
  for (std::size_t end = begin; end > limit;) {
    const std::size_t before = end < 2 ? std::string_view::npos : text.rfind('\n', end - 2);
    const std::size_t start = before == std::string_view::npos ? 0 : before + 1;
    const std::string_view above = text.substr(start, end - 1 - start);
    end = start;
    if (above.find_first_not_of(" \t\r") != std::string_view::npos && indentation(above) < first) return above;
  }
  return {};
}

/// True where YAML writes the line below `users:`.
bool below_users(std::string_view text, std::size_t begin, std::size_t first) {
  const std::string_view above = line_round(text, begin, first);
  const std::size_t colon = above.rfind(':');
  return colon != std::string_view::npos && name_before(above, colon) == "users";
}

/// KrakenD's auth/basic: `"users": {"admin": "password"}`.
void hide_passwords_of_users(std::string& line, std::string_view text, std::size_t begin) {
  const std::size_t first = indentation(line);
  const bool is_line = begin == 0 || text[begin - 1] == '\n';
  const bool below = is_line && first > 0 && first < line.size() && below_users(text, begin, first);
  const auto objects = objects_of_users(text.substr(0, begin + line.size()), begin);
  if (!below && objects.empty()) return;
  auto object = objects.begin();
  for (std::size_t colon = line.find(':'); colon != std::string::npos; colon = line.find(':', colon + 1)) {
    const auto [from, to] = value_behind(line, colon + 1);
    while (object != objects.end() && object->second <= begin + from) ++object;
    const bool inside = object != objects.end() && object->first < begin + from;
    if (from < to && (below || inside)) hide(line, from, to);
  }
}

bool is_base64(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '/' || c == '=';
}

/// True for what may be a private key that has lost its BEGIN and END, or PEM in base64 once more, wherever it stands.
/// A line of PEM has 76 characters at most; the key of Ed25519 alone is shorter.
bool may_be_key(std::string_view word) {
  constexpr std::size_t kLongestLine = 76, kEd25519 = 64;
  if (word.starts_with("LS0tLS1CRUdJTi")) return true;
  return word.starts_with('M') &&
         (word.size() > kLongestLine || (word.size() == kEd25519 && word.starts_with("MC4CAQ")));
}

void hide_bare_keys(std::string& line) {
  for (std::size_t begin = 0; begin < line.size(); ++begin) {
    std::size_t end = begin;
    while (end < line.size() && is_base64(line[end])) ++end;
    if (may_be_key(std::string_view(line).substr(begin, end - begin))) hide(line, begin, end);
    begin = end;
  }
}

void hide_userinfo(std::string& line) {
  for (auto found = find_userinfo(line); found; found = find_userinfo(line, found->end))
    hide(line, found->begin, found->end);
  for (auto found = find_query_secret(line); found; found = find_query_secret(line, found->end))
    hide(line, found->begin, found->end);
}

/// What YAML writes below a key, on lines of its own: `password: |`, or a list.
void hide_value_below_name(std::string& line, std::string_view text, std::size_t begin) {
  const std::size_t first = indentation(line);
  if (first == 0 || first == line.size() || (begin > 0 && text[begin - 1] != '\n')) return;
  const std::string_view above = line_round(text, begin, first);
  const bool opens_list = above.substr(0, above.find_last_not_of(" \t\r") + 1).ends_with('[');
  const std::size_t colon = opens_list ? above.rfind(':') : above.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view rest = above.substr(colon + 1);
  const std::size_t value = std::min(rest.find_first_not_of(" \t\r"), rest.size());
  const bool is_block = value < rest.size() && (rest[value] == '|' || rest[value] == '>');
  const bool is_container = value < rest.size() && (rest[value] == '{' || (rest[value] == '[' && !opens_list));
  if (is_container || (!is_block && line.find(": ", first) != std::string::npos) || line.ends_with(':')) return;
  if (is_secret(name_before(above, colon), std::string_view(line).substr(first), false)) hide(line, first, line.size());
}

}  // namespace

std::string masked_line(std::string_view text, std::size_t begin, std::size_t end) {
  std::string line(text.substr(begin, end - begin));
  hide_key_bodies(line, inside_private_key(text, begin));
  hide_named_values(line);
  hide_values_of_headers(line, text, begin);
  hide_value_below_name(line, text, begin);
  hide_passwords_of_users(line, text, begin);
  hide_bare_keys(line);
  hide_userinfo(line);
  return line;
}

bool holds_secret(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (masked_line(text, begin, end) != text.substr(begin, end - begin)) return true;
    begin = end + 1;
  }
  return false;
}

bool writes_secret(const Fix& fix) {
  return std::any_of(fix.edits.begin(), fix.edits.end(), [](const Edit& edit) { return holds_secret(edit.text); });
}

}  // namespace tlsward::report
