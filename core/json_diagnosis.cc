// The parser only says "no". This walks from the last sound token over `,` and `:` to the token that does not fit,
// looks at it closely, and says what was found and what was expected.
#include "core/json_diagnosis.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/text_check.h"

namespace tlsward {
namespace {

constexpr std::size_t kLongestShownWord = 32;

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_number_byte(char c) {
  return is_digit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// The place where the parser stands: what may come, and the comma that was just passed.
struct Place {
  std::size_t at = 0;
  std::string_view expected;
  std::optional<std::size_t> comma;
  bool wants_value = false;
  bool wants_key = false;
};

class Diagnosis {
 public:
  Diagnosis(std::string_view text, FileId file) : text_(text), file_(file) {}

  SyntaxError of(std::size_t from, JsonState state) {
    place_ = place_after(from, state);
    if (place_.at >= text_.size()) return error(text_.size(), 0, "file ends here");
    if (place_.at == from && continues_number()) return of_overlong_number();
    const char c = text_[place_.at];
    if (c == '"') return of_string();
    if (is_digit(c) || c == '-' || c == '+' || c == '.') return of_number();
    if (is_letter(c)) return of_word();
    return of_character(c);
  }

 private:
  Place place_after(std::size_t from, JsonState state) const {
    const std::size_t at = skip_blank(from);
    switch (state) {
      case JsonState::BeforeRoot:
        return {.at = at, .expected = "a value", .comma = {}, .wants_value = true};
      case JsonState::AfterOpenMap:
        return {.at = at, .expected = "a key in double quotes or '}'", .comma = {}, .wants_key = true};
      case JsonState::AfterOpenList:
        return {.at = at, .expected = "a value or ']'", .comma = {}, .wants_value = true};
      case JsonState::AfterKey:
        if (char_at(at) != ':') return {.at = at, .expected = "':'", .comma = {}};
        return {.at = skip_blank(at + 1), .expected = "a value", .comma = {}, .wants_value = true};
      case JsonState::AfterMember:
        if (char_at(at) != ',') return {.at = at, .expected = "',' or '}'", .comma = {}};
        return {.at = skip_blank(at + 1), .expected = "a key in double quotes", .comma = at, .wants_key = true};
      case JsonState::AfterItem:
        if (char_at(at) != ',') return {.at = at, .expected = "',' or ']'", .comma = {}};
        return {.at = skip_blank(at + 1), .expected = "a value", .comma = at, .wants_value = true};
      case JsonState::AfterRoot:
        break;
    }
    return {.at = at, .expected = "the end of the file", .comma = {}};
  }

  SyntaxError of_string() const {
    std::size_t at = place_.at + 1;
    while (at < text_.size() && text_[at] != '"') {
      if (std::optional<SyntaxError> wrong = of_string_byte(at)) return *wrong;
      at += text_[at] == '\\' ? 2 : std::max<std::size_t>(1, utf8_length(text_, at));
    }
    if (at >= text_.size())
      return plain(place_.at, 1, "string is not closed, expected '\"' before the end of the file");
    return error(place_.at, at + 1 - place_.at, "found a string");
  }

  /// What is wrong with the code point or escape at `at` inside a string.
  std::optional<SyntaxError> of_string_byte(std::size_t at) const {
    const char c = text_[at];
    if (c == '\n' || c == '\r')
      return plain(place_.at, at - place_.at, "string is not closed, expected '\"' before the line ends");
    if (c == '\t') return plain(at, 1, "found a tab in a string, expected \\t");
    if (static_cast<unsigned char>(c) < 0x20) {
      return plain(
          at, 1,
          fmt::format("found control character U+{0:04X} in a string, expected \\u{0:04x}", static_cast<unsigned>(c)));
    }
    if (c == '\\') return of_escape(at);
    if (utf8_length(text_, at) == 0) return invalid_utf8(at);
    return std::nullopt;
  }

  std::optional<SyntaxError> of_escape(std::size_t at) const {
    const char kind = char_at(at + 1);
    if (kind == 'u') return of_unicode_escape(at);
    if (kind != '\0' && std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos) return std::nullopt;
    const std::size_t length = 1 + std::max<std::size_t>(utf8_length(text_, at + 1), 0);
    return plain(
        at, length,
        R"(unknown escape in a string, expected one of \" \\ \/ \b \f \n \r \t or \u and four hexadecimal digits)");
  }

  std::optional<SyntaxError> of_unicode_escape(std::size_t at) const {
    const std::optional<unsigned> unit = code_unit(at);
    if (!unit) return plain(at, 2, "\\u is not followed by four hexadecimal digits");
    if (*unit < 0xD800 || *unit > 0xDFFF) return std::nullopt;
    if (*unit >= 0xDC00) {
      // The second half of a pair is reached only after its first half, which is checked below.
      if (at >= 6 && text_.substr(at - 6, 2) == "\\u") {
        if (const std::optional<unsigned> high = code_unit(at - 6); high && *high >= 0xD800 && *high < 0xDC00)
          return std::nullopt;
      }
      return plain(at, 6,
                   fmt::format("\\u{:04x} is half of a surrogate pair, expected its first half before it", *unit));
    }
    const std::optional<unsigned> low = code_unit(at + 6);
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) return std::nullopt;
    return plain(at, 6,
                 fmt::format("\\u{:04x} is half of a surrogate pair, expected its second half behind it", *unit));
  }

  /// The number of a `\uXXXX` at `at`.
  std::optional<unsigned> code_unit(std::size_t at) const {
    const std::string_view escape = text_.substr(std::min(at, text_.size()), 6);
    if (escape.size() != 6 || !escape.starts_with("\\u")) return std::nullopt;
    if (!std::all_of(escape.begin() + 2, escape.end(), is_hex)) return std::nullopt;
    return static_cast<unsigned>(std::stoul(std::string(escape.substr(2)), nullptr, 16));
  }

  /// True where the text goes on directly behind a number: the parser has taken `0` of `012` for a whole one.
  bool continues_number() const {
    const char c = text_[place_.at];
    return place_.at > 0 && is_digit(text_[place_.at - 1]) &&
           (is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '+');
  }

  SyntaxError of_overlong_number() {
    while (place_.at > 0 && is_number_byte(text_[place_.at - 1])) --place_.at;
    place_.wants_value = true;
    return of_number();
  }

  SyntaxError of_number() const {
    constexpr std::string_view kLeftOut = "...";
    if (text_.substr(place_.at, kLeftOut.size()) == kLeftOut)
      return plain(place_.at, kLeftOut.size(), "'...' is no JSON; write what it stands for, or leave it out");
    std::size_t end = place_.at;
    while (end < text_.size() && (is_number_byte(text_[end]) || is_letter(text_[end]))) ++end;
    const std::size_t length = end - place_.at;
    if (!place_.wants_value) return error(place_.at, length, "found a number");
    return plain(place_.at, length, number_problem(text_.substr(place_.at, length)));
  }

  static std::string number_problem(std::string_view number) {
    const std::string_view digits = number.substr(number.starts_with('-') ? 1 : 0);
    if (number.starts_with('+')) return "number starts with '+', expected a digit or '-'";
    if (digits.starts_with('.')) return "number starts with '.', expected a digit before it";
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) return "number has a leading zero, expected none";
    if (digits.size() > 1 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
      return "number is hexadecimal, expected a decimal one";
    }
    if (digits.empty()) return "found '-' alone, expected a digit behind it";
    const bool plain_characters = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
    if (!plain_characters) return "found something like a number, expected digits only or a string in double quotes";
    if (!is_digit(number.back())) return "number is not complete, expected a digit at its end";
    if (digits.find('.') != digits.rfind('.')) return "number has two points, expected at most one";
    const bool overflows = digits.find_first_of("eE") != std::string_view::npos || digits.size() > 300;
    return overflows ? "number is too large, expected one that fits a 64-bit float"
                     : "found something like a number, expected a number";
  }

  SyntaxError of_word() const {
    std::size_t end = place_.at;
    while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    const std::string_view word = text_.substr(place_.at, end - place_.at);
    if (!place_.wants_key && !is_literal_of_some_language(word)) {
      return error(place_.at, word.size(), "found a word without quotes");
    }
    return error(place_.at, word.size(), fmt::format("found '{}'", word.substr(0, kLongestShownWord)), hint(word));
  }

  /// Words that are no secret and may be quoted.
  static bool is_literal_of_some_language(std::string_view word) {
    constexpr std::array<std::string_view, 11> kLiterals = {"true", "false", "null",     "none", "nil", "nan",
                                                            "yes",  "no",    "infinity", "on",   "off"};
    std::string lower(word);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower == "undefined" || std::find(kLiterals.begin(), kLiterals.end(), lower) != kLiterals.end();
  }

  static std::string_view hint(std::string_view word) {
    if (word == "True" || word == "TRUE") return " such as true";
    if (word == "False" || word == "FALSE") return " such as false";
    if (word == "None" || word == "nil" || word == "Null" || word == "NULL" || word == "undefined")
      return " such as null";
    return "";
  }

  SyntaxError of_character(char c) const {
    const std::string_view rest = text_.substr(place_.at);
    if (c == '{' && place_.at > 0 && text_[place_.at - 1] == '{') {
      return plain(place_.at - 1, 2, "template '{{' is not closed, expected '}}'");
    }
    if (rest.starts_with("//") || rest.starts_with("/*") || c == '#') {
      return plain(place_.at, c == '#' ? 1 : 2, "found a comment, JSON has none");
    }
    if ((c == '}' || c == ']') && place_.comma) {
      return plain(*place_.comma, 1, fmt::format("trailing ',' before '{}', expected {}", c, place_.expected));
    }
    if (c == '\'')
      return error(place_.at, 1, "found a single quote", place_.wants_value ? ", strings stand in double quotes" : "");
    const std::size_t length = utf8_length(text_, place_.at);
    if (length == 0) return invalid_utf8(place_.at);
    const char32_t number = code_point(text_, place_.at);
    const bool visible = number > 0x20 && number < 0x7F;
    return error(
        place_.at, length,
        visible ? fmt::format("found '{}'", c) : fmt::format("found U+{:04X}", static_cast<std::uint32_t>(number)));
  }

  SyntaxError invalid_utf8(std::size_t at) const {
    return plain(at, 1,
                 fmt::format("found byte 0x{:02X}, expected UTF-8",
                             static_cast<unsigned>(static_cast<unsigned char>(text_[at]))));
  }

  SyntaxError error(std::size_t at, std::size_t length, std::string_view found, std::string_view more = "") const {
    return plain(at, length, fmt::format("{}, expected {}{}", found, place_.expected, more));
  }

  SyntaxError plain(std::size_t at, std::size_t length, std::string message) const {
    return {.where = span_at(file_, at, length), .message = std::move(message)};
  }

  std::size_t skip_blank(std::size_t at) const {
    while (at < text_.size() && is_blank(text_[at])) ++at;
    return at;
  }
  char char_at(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }

  std::string_view text_;
  FileId file_;
  Place place_;
};

}  // namespace

SyntaxError diagnose_json(std::string_view text, std::size_t from, JsonState state, FileId file) {
  return Diagnosis(text, file).of(from, state);
}

}  // namespace tlsward
