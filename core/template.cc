// The grammar of Go's text/template, as far as it matters here: where an action `{{ … }}` ends, and what it does to the
// text round it. See https://pkg.go.dev/text/template (Go 1.22), "Actions" and "Text and spaces".
#include "core/template.h"

#include <algorithm>
#include <array>

namespace tlsward {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

/// Offset of the first byte inside the braces: behind `{{`, the trim marker and white space.
std::size_t inner_begin(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 2;
  if (at + 1 < text.size() && text[at] == '-' && is_space(text[at + 1])) ++at;
  return skip_space(text, at);
}

/// Offset behind the double-quoted string at `at`; behind its quote alone where it is not closed on its line.
std::size_t behind_quoted(std::string_view text, std::size_t at) {
  for (std::size_t next = at + 1; next < text.size() && text[next] != '\n'; ++next) {
    if (text[next] == '"') return next + 1;
    if (text[next] == '\\') ++next;
  }
  return at + 1;
}

/// Offset behind the backquoted string at `at`; behind its quote alone where it is not closed.
std::size_t behind_backquoted(std::string_view text, std::size_t at) {
  const std::size_t close = text.find('`', at + 1);
  return close == std::string_view::npos ? at + 1 : close + 1;
}

}  // namespace

std::optional<std::size_t> template_end(std::string_view text, std::size_t begin) {
  std::size_t at = inner_begin(text, begin);
  if (text.substr(std::min(at, text.size())).starts_with("/*")) {
    const std::size_t close = text.find("*/", at + 2);
    if (close == std::string_view::npos) return std::nullopt;
    at = close + 2;
  }
  while (at + 1 < text.size()) {
    const char c = text[at];
    if (c == '}' && text[at + 1] == '}') return at + 2;
    if (c == '"') {
      at = behind_quoted(text, at);
    } else if (c == '`') {
      at = behind_backquoted(text, at);
    } else {
      // A backslash stands before the quotes of a template that was put into a JSON string with care.
      at += c == '\\' ? 2 : 1;
    }
  }
  return std::nullopt;
}

bool holds_template(std::string_view text) {
  const std::size_t begin = text.find("{{");
  return begin != std::string_view::npos && template_end(text, begin).has_value();
}

TemplateAction template_action(std::string_view text) {
  struct Word {
    std::string_view word;
    TemplateAction action;
  };
  constexpr std::array<Word, 11> kWords = {{{"if", TemplateAction::Open},
                                            {"range", TemplateAction::Open},
                                            {"with", TemplateAction::Open},
                                            {"block", TemplateAction::Open},
                                            {"define", TemplateAction::Define},
                                            {"else", TemplateAction::Else},
                                            {"end", TemplateAction::End},
                                            {"break", TemplateAction::Silent},
                                            {"continue", TemplateAction::Silent},
                                            {"include", TemplateAction::Include},
                                            {"template", TemplateAction::Include}}};
  const std::size_t begin = inner_begin(text, 0);
  const std::string_view inner = text.substr(std::min(begin, text.size()));
  if (inner.starts_with("/*")) return TemplateAction::Silent;
  const std::size_t length =
      static_cast<std::size_t>(std::find_if_not(inner.begin(), inner.end(), is_word) - inner.begin());
  for (const Word& word : kWords) {
    if (inner.substr(0, length) == word.word) return word.action;
  }
  if (!inner.starts_with('$')) return TemplateAction::Output;
  const std::size_t name =
      static_cast<std::size_t>(std::find_if_not(inner.begin() + 1, inner.end(), is_word) - inner.begin());
  const std::string_view rest = inner.substr(skip_space(inner, name));
  return rest.starts_with(":=") || (rest.starts_with('=') && !rest.starts_with("==")) ? TemplateAction::Silent
                                                                                      : TemplateAction::Output;
}

bool is_control_template(std::string_view text) {
  const TemplateAction action = template_action(text);
  return action != TemplateAction::Output && action != TemplateAction::Include;
}

}  // namespace tlsward
