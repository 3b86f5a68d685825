#include "lint/suppression_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/spelling.h"
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

/// The parts of "until=2027-01-31": what stands in front of the first `=` or `:`, that mark, and what follows. A word
/// without either is a key alone.
struct Word {
  std::string_view key, mark, value;
};

Word split(std::string_view word) {
  const std::size_t mark = std::min(word.find_first_of("=:"), word.size());
  return {word.substr(0, mark), word.substr(mark, 1), word.substr(std::min(mark + 1, word.size()))};
}

bool is_date(std::string_view text) {
  return text.size() == kDateSize && parse_time(text);
}

/// The date that was written, so that to follow the advice changes nothing else.
std::string_view example(std::string_view written) {
  const std::string_view date = written.substr(0, kDateSize);
  return is_date(date) ? date : "2027-01-31";
}

bool is_setting(const Word& word, std::string_view key) {
  return word.mark == "=" && word.key == key;
}

/// What is wrong with a word that means until= or owner=; empty where nothing is, and for a word of the reason. `next`
/// is the word behind it, empty at the end.
std::string mistake(const Word& word, std::string_view next) {
  if (is_setting(word, "until"))
    return is_date(word.value) ? "" : fmt::format("until is '{}', no date like 2027-01-31", word.value);
  if (is_setting(word, "owner")) return word.value.empty() ? "owner= has no name behind it, like owner=net-team" : "";
  const bool means_until = edit_distance(word.key, "until", 1) <= 1;
  if (means_until && word.mark.empty() && (is_date(next.substr(0, kDateSize)) || next.starts_with('=')))
    return fmt::format("'{} {}' ends nothing; write until={}, without blanks", word.key, next, example(next));
  if (means_until && !word.mark.empty())
    return fmt::format("'{}{}' is not known; did you mean until={}?", word.key, word.mark, example(word.value));
  if (word.mark == "=" && edit_distance(word.key, "owner", 1) <= 1)
    return fmt::format("'{}=' is not known; did you mean owner=net-team?", word.key);
  return "";
}

/// until= and owner= may stand before, in or behind the reason: a date that is not seen would never come, so what looks
/// like one and is none is a mistake.
void read_rest(std::string_view rest, SuppressionText& parsed) {
  for (std::size_t at = skip_blanks(rest, 0); at < rest.size();) {
    const std::size_t end = std::min(rest.find_first_of(kBlank, at), rest.size());
    const std::string_view text = rest.substr(at, end - at);
    at = skip_blanks(rest, end);
    const Word word = split(text);
    const std::string problem = mistake(word, rest.substr(at, rest.find_first_of(kBlank, at) - at));
    if (!problem.empty()) {
      parsed = flawed(std::move(parsed), Flaw::Malformed, "nothing is suppressed: " + problem);
      return;
    }
    const std::string_view twice = is_setting(word, "until") && !parsed.until.empty()   ? "until"
                                   : is_setting(word, "owner") && !parsed.owner.empty() ? "owner"
                                                                                        : "";
    if (!twice.empty()) {
      parsed =
          flawed(std::move(parsed), Flaw::Malformed, fmt::format("nothing is suppressed: {}= stands twice", twice));
      return;
    }
    if (is_setting(word, "until"))
      parsed.until = word.value;
    else if (is_setting(word, "owner"))
      parsed.owner = word.value;
    else
      parsed.reason += fmt::format("{}{}", parsed.reason.empty() ? "" : " ", text);
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
  return parsed;
}

}  // namespace

std::size_t find_suppression(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find(kName, from); at != std::string_view::npos; at = text.find(kName, at + 1)) {
    std::size_t word = skip_blanks(text, at + kName.size());
    if (text.substr(word, 1) == ":") word = skip_blanks(text, word + 1);
    for (const std::string_view known : {kIgnoreFile, kIgnore}) {
      if (text.substr(word).starts_with(known) && text.substr(skip_blanks(text, word + known.size()), 1) == "[")
        return at;
    }
  }
  return std::string_view::npos;
}

std::optional<SuppressionText> parse_suppression(std::string_view text) {
  std::size_t at = skip_blanks(text, 0);
  const std::string_view called = text.substr(at, kName.size());
  if (edit_distance(called, kName, 0) > 0) return std::nullopt;
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
  if (called != kName)
    return flawed(std::move(parsed), Flaw::Malformed,
                  fmt::format("'{}:' is written 'tlsward:'; nothing is suppressed", called));
  if (known) return parse_ignore(text, end, std::move(parsed));
  return flawed(
      std::move(parsed), Flaw::UnknownWord,
      fmt::format("'{}' is nothing that tlsward is told in comments; known are ignore[…] and ignore-file[…]", word));
}

}  // namespace tlsward::lint
