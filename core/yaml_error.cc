#include "core/yaml_error.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/text_check.h"

namespace tlsward {
namespace {

struct Translation {
  std::string_view complaint;  // what yaml-cpp 0.7 to 0.8 says, or how it starts
  std::string_view message;
};

constexpr auto kTranslations = std::to_array<Translation>({
    {"end of map not found", "found {} where a key of the map was expected; check the indentation and the quotes"},
    {"end of sequence not found", "found {} where the next '- ' of the list was expected; check the indentation"},
    {"end of map flow not found", "found {} in a map in braces, expected ',' or '}}'"},
    {"end of sequence flow not found", "found {} in a list in brackets, expected ',' or ']'"},
    {"illegal map value",
     "found ':' where no value may start; check the indentation, or put a text that holds ': ' in quotes"},
    {"illegal map key", "found '?' where no key may start, expected quotes round a text that starts with '? '"},
    {"illegal block entry", "found '-' where no list may start, expected it on a line of its own"},
    {"illegal flow end", "found {}, expected the bracket that closes what was opened last"},
    {"illegal document indicator in scalar", "quoted text is not closed before the document ends"},
    {"illegal EOF in scalar", "quoted text is not closed before the document ends"},
    {"illegal tab when looking for indentation", "found a tab used for indentation, expected spaces"},
    {"unknown token", "found {}, which starts no value; expected quotes round a text that starts with it"},
    {"unknown escape character", "unknown escape in a double-quoted text, expected one that YAML knows or \\\\"},
    {"bad character found while scanning hex number",
     "escape in a double-quoted text has a digit that is not hexadecimal"},
    {"invalid unicode", "escape in a double-quoted text names no Unicode character"},
    {"the referenced anchor is not defined",
     "alias names no anchor, expected '&' with the same name earlier in this document"},
    {"alias not found after *", "found '*' without a name behind it, expected an alias or quotes round the text"},
    {"anchor not found after &", "found '&' without a name behind it, expected an anchor or quotes round the text"},
    {"illegal character found while scanning alias",
     "found {} in the name of an alias, expected a blank behind the name"},
    {"illegal character found while scanning anchor",
     "found {} in the name of an anchor, expected a blank behind the name"},
    {"cannot assign multiple tags", "found a second tag for the same value, expected one"},
    {"cannot assign multiple anchors", "found a second anchor for the same value, expected one"},
    {"unexpected character in block scalar", "found {} behind '|' or '>', expected the end of the line"},
    {"cannot set zero indentation", "found an indentation of 0 behind '|' or '>', expected 1 to 9"},
    {"bad YAML version", "found a %YAML line without a version, expected %YAML 1.2"},
    {"YAML major version too large", "found a %YAML line with a later version, expected %YAML 1.2"},
    {"YAML directives must have", "found a %YAML line without exactly one version, expected %YAML 1.2"},
    {"repeated YAML directive", "found a second %YAML line in this document, expected one"},
    {"TAG directives must have", "found a %TAG line without a handle and a prefix, expected both"},
    {"repeated TAG directive", "found a second %TAG line for the same handle, expected one"},
    {"end of verbatim tag", "tag that starts with '!<' is not closed, expected '>'"},
    {"tag handle with no suffix", "found a tag without a name, expected one behind the last '!'"},
    {"illegal character found while scanning tag handle", "found {} in a tag, expected letters and digits"},
});

/// The character at `at` as it may be shown: one character of a text gives no secret away.
std::string shown(std::string_view text, std::size_t at) {
  if (at >= text.size()) return "the end of the document";
  const char c = text[at];
  if (c == '\n' || c == '\r') return "the end of the line";
  if (c == '\t') return "a tab";
  const std::size_t length = utf8_length(text, at);
  return length == 0 ? "a broken character" : fmt::format("'{}'", text.substr(at, length));
}

}  // namespace

std::string yaml_error_text(std::string_view text, std::size_t at, std::string_view complaint) {
  for (const Translation& translation : kTranslations) {
    if (!complaint.starts_with(translation.complaint)) continue;
    return fmt::format(fmt::runtime(translation.message), shown(text, at));
  }
  return fmt::format("found {} where YAML allows none", shown(text, at));
}

}  // namespace tlsward
