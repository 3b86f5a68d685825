#include "lint/suppression_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "lint/options.h"

namespace tlsward::lint {
namespace {

constexpr std::string_view kBlank = " \t\r";
constexpr std::string_view kName = "tlsward";
constexpr std::string_view kIgnore = "ignore";
constexpr std::string_view kIgnoreFile = "ignore-file";
constexpr std::size_t kDateSize = std::string_view("2027-01-31").size();

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlank, at), text.size());
}

SuppressionText flawed(SuppressionText parsed, Flaw flaw, std::string problem) {
  parsed.flaw = flaw;
  parsed.problem = std::move(problem);
  return parsed;
}

/// The ids between the brackets at `begin` and `end`; false where a comma has nothing beside it.
bool read_ids(std::string_view text, std::size_t begin, std::size_t end, std::vector<TextPart>& ids) {
  while (true) {
    const std::size_t comma = std::min(text.find(',', begin), end);
    const std::size_t first = skip_blanks(text, begin);
    if (first >= comma) return false;
    const std::size_t last = text.find_last_not_of(kBlank, comma - 1);
    ids.push_back({first, last + 1});
    if (comma == end) return true;
    begin = comma + 1;
  }
}

/// Takes `key=value` for a word of that key; false for any other word.
bool take(std::string_view word, std::string_view key, std::string& value) {
  if (!word.starts_with(key) || word.substr(key.size(), 1) != "=") return false;
  value = word.substr(key.size() + 1);
  return true;
}

/// until= and owner= may stand before, in or behind the reason: a date that is not seen would never come.
void read_rest(std::string_view rest, SuppressionText& parsed) {
  for (std::size_t at = skip_blanks(rest, 0); at < rest.size();) {
    const std::size_t end = std::min(rest.find_first_of(kBlank, at), rest.size());
    const std::string_view word = rest.substr(at, end - at);
    if (!take(word, "until", parsed.until) && !take(word, "owner", parsed.owner))
      parsed.reason += fmt::format("{}{}", parsed.reason.empty() ? "" : " ", word);
    at = skip_blanks(rest, end);
  }
}

SuppressionText parse_ignore(std::string_view text, std::size_t behind_word, SuppressionText parsed) {
  const std::string_view word = parsed.whole_file ? kIgnoreFile : kIgnore;
  const std::size_t open = skip_blanks(text, behind_word);
  if (text.substr(open, 1) != "[")
    return flawed(std::move(parsed), Flaw::Malformed,
                  fmt::format("{} without rule ids suppresses nothing; name them: {}[tls/weak-cipher]", word, word));
  const std::size_t close = text.find(']', open);
  if (close == std::string_view::npos)
    return flawed(std::move(parsed), Flaw::Malformed, fmt::format("the list of {}[ is not closed by ]", word));
  if (!read_ids(text, open + 1, close, parsed.ids))
    return flawed(std::move(parsed), Flaw::Malformed,
                  fmt::format("{}[{}] misses a rule id; write {}[tls/weak-cipher, tls/obsolete-version]", word,
                              text.substr(open + 1, close - open - 1), word));
  read_rest(text.substr(close + 1), parsed);
  if (parsed.until.empty() || (parsed.until.size() == kDateSize && parse_time(parsed.until))) return parsed;
  std::string problem = fmt::format("until is '{}', no date like 2027-01-31; nothing is suppressed", parsed.until);
  return flawed(std::move(parsed), Flaw::Malformed, std::move(problem));
}

}  // namespace

std::optional<SuppressionText> parse_suppression(std::string_view text) {
  std::size_t at = skip_blanks(text, 0);
  if (text.substr(at, kName.size()) != kName) return std::nullopt;
  at += kName.size();
  const bool colon = text.substr(at, 1) == ":";
  const std::size_t begin = skip_blanks(text, colon ? at + 1 : at);
  const std::size_t end = std::min(text.find_first_of(" \t\r[", begin), text.size());
  const std::string_view word = text.substr(begin, end - begin);
  SuppressionText parsed;
  parsed.whole_file = word == kIgnoreFile;
  const bool known = parsed.whole_file || word == kIgnore;
  if (!colon) {
    if (!known || begin == at || text.substr(end, 1) != "[") return std::nullopt;
    return flawed(std::move(parsed), Flaw::Malformed,
                  fmt::format("'tlsward {}' misses its colon; write 'tlsward: {}[…]'", word, word));
  }
  if (known) return parse_ignore(text, end, std::move(parsed));
  return flawed(
      std::move(parsed), Flaw::UnknownWord,
      fmt::format("'{}' is nothing that tlsward is told in comments; known are ignore[…] and ignore-file[…]", word));
}

}  // namespace tlsward::lint
