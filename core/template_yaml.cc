// A light scan of YAML, line by line, that knows just enough to tell where a template stands: in a comment (left
// alone), in a block scalar (left alone, it is text), in quotes, in a plain scalar, or on a line of its own.
//
//   port: {{ .port }}              ->  port: xxxxxxxxxxx           a word
//   name: "{{ env "X" }}"          ->  name: "xxxxxxxxxxxxx"       letters in quotes
//   {{- range .list }}             ->  a blank line                control, or members from elsewhere
#include <algorithm>
#include <utility>

#include "core/template.h"

namespace tlsward {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return is_blank(c) || is_break(c);
}

class Masking {
 public:
  explicit Masking(std::string_view text) : text_(text) { masked_.text = text; }

  MaskedText run() {
    while (at_ < text_.size()) line();
    return std::move(masked_);
  }

 private:
  char char_at(std::size_t at) const { return at < text_.size() ? text_[at] : '\n'; }
  bool is_template(std::size_t at) const { return text_.substr(at, 2) == "{{"; }
  std::size_t line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size()); }
  std::size_t skip_blanks(std::size_t at) const {
    while (is_blank(char_at(at))) ++at;
    return at;
  }

  /// End of the template at `at`. After one that is not closed nothing is taken for a template.
  std::size_t end_of(std::size_t at) {
    if (broken_) return kNone;
    const std::optional<std::size_t> end = template_end(text_, at);
    broken_ = !end;
    return end.value_or(kNone);
  }

  /// One line, or several where something on it goes on behind its end.
  void line() {
    line_ = at_;
    at_ = skip_blanks(at_);
    if (is_template(at_) && flow_depth_ == 0 && whole_lines()) return;
    may_start_ = true;
    while (at_ < text_.size() && !is_break(text_[at_])) token();
    ++at_;
  }

  // ---- lines that hold templates only, or start with control

  bool whole_lines() {
    const std::size_t begin = at_;
    const std::size_t first_end = end_of(begin);
    if (first_end == kNone) return false;
    const std::size_t end = end_of_templates(begin);
    const bool alone = is_break(char_at(end)) || (char_at(end) == '#' && is_blank(char_at(end - 1)));
    // `{{ if .x }}key: value{{ end }}`: whether the key is there depends, so all of it goes.
    const bool conditional = is_control_template(text_.substr(begin, first_end - begin));
    if (!alone && !conditional) return false;
    blank_out(begin, alone ? end : std::max(end, line_end(end)));
    return true;
  }

  /// Offset behind the templates from `at` on that only blanks separate, and the blanks behind them.
  std::size_t end_of_templates(std::size_t at) {
    while (is_template(at)) {
      const std::size_t end = end_of(at);
      if (end == kNone) return at;
      at = skip_blanks(end);
    }
    return at;
  }

  void blank_out(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      if (!is_break(text_[i])) masked_.text[i] = ' ';
    }
    std::size_t use_end = end;
    while (use_end > begin && is_space(text_[use_end - 1])) --use_end;
    note(begin, use_end, TemplateRole::Block);
    at_ = end;
  }

  // ---- what stands on a line

  void token() {
    const char c = text_[at_];
    if (is_blank(c)) {
      ++at_;
    } else if (c == '#' && (at_ == line_ || is_blank(text_[at_ - 1]))) {
      at_ = line_end(at_);
    } else if (is_template(at_)) {
      bare_template();
    } else if (may_start_ && (c == '"' || c == '\'')) {
      quoted();
    } else if (may_start_ && (c == '|' || c == '>') && flow_depth_ == 0 && is_block_header(at_)) {
      block_scalar();
    } else {
      plain(c);
    }
  }

  void plain(char c) {
    const bool before_space = is_space(char_at(at_ + 1));
    const bool opens = may_start_ && (c == '[' || c == '{');
    const bool closes = flow_depth_ > 0 && (c == ']' || c == '}');
    if (opens) ++flow_depth_;
    if (closes) --flow_depth_;
    if (may_start_ && (c == '&' || c == '!')) {
      while (!is_space(char_at(at_))) ++at_;
      return;
    }
    const bool indicator = may_start_ && before_space && (c == '-' || c == '?');
    may_start_ = opens || indicator || (c == ':' && (before_space || flow_depth_ > 0)) || (c == ',' && flow_depth_ > 0);
    ++at_;
  }

  void bare_template() {
    const std::size_t begin = at_;
    const std::size_t end = end_of(begin);
    if (end == kNone) return plain(text_[at_]);
    const bool in_list_of_flow = flow_depth_ > 0 && may_start_;
    const TemplateAction action = template_action(text_.substr(begin, end - begin));
    if (in_list_of_flow && action != TemplateAction::Output && !stands_behind_colon(begin)) {
      return blank_out(begin, end);
    }
    const std::size_t next = skip_blanks(end);
    const bool key = char_at(next) == ':' && is_space(char_at(next + 1));
    fill(begin, end, key ? TemplateRole::Key : TemplateRole::Value);
    at_ = end;
    may_start_ = false;
  }

  bool stands_behind_colon(std::size_t at) const {
    while (at > 0 && is_space(text_[at - 1])) --at;
    return at > 0 && text_[at - 1] == ':';
  }

  // ---- quoted scalars

  void quoted() {
    const std::size_t begin = at_;
    std::size_t end = quote_end(begin, /*knows_templates=*/false);
    if (end == kNone || !is_balanced(begin, end)) {
      const std::size_t with_templates = quote_end(begin, /*knows_templates=*/true);
      if (with_templates != kNone) end = with_templates;
    }
    if (end == kNone) end = line_end(begin);
    mask_templates_in(begin + 1, end);
    at_ = end;
    may_start_ = false;
  }

  std::size_t quote_end(std::size_t begin, bool knows_templates) {
    const char quote = text_[begin];
    for (std::size_t at = begin + 1; at < text_.size();) {
      if (knows_templates && is_template(at)) {
        const std::size_t end = end_of(at);
        if (end == kNone) return kNone;
        at = end;
      } else if (text_[at] == quote && !(quote == '\'' && char_at(at + 1) == '\'')) {
        return at + 1;
      } else {
        at += (text_[at] == '\\' && quote == '"') || text_[at] == quote ? 2 : 1;
      }
    }
    return kNone;
  }

  /// True where each `{{` between the two offsets has its `}}` there.
  bool is_balanced(std::size_t begin, std::size_t end) const {
    std::string_view rest = text_.substr(begin, end - begin);
    for (std::size_t open = rest.find("{{"); open != kNone; open = rest.find("{{")) {
      const std::size_t close = rest.find("}}", open);
      if (close == kNone) return false;
      rest.remove_prefix(close + 2);
    }
    return true;
  }

  void mask_templates_in(std::size_t begin, std::size_t end) {
    for (std::size_t at = text_.find("{{", begin); at < end; at = text_.find("{{", at)) {
      const std::size_t close = end_of(at);
      if (close == kNone || close >= end) return;
      fill(at, close, TemplateRole::InText);
      at = close;
    }
  }

  // ---- block scalars

  bool is_block_header(std::size_t at) const {
    ++at;
    while (char_at(at) == '+' || char_at(at) == '-' || (char_at(at) >= '1' && char_at(at) <= '9')) ++at;
    const std::size_t next = skip_blanks(at);
    return is_break(char_at(next)) || (next > at && char_at(next) == '#');
  }

  /// Steps over the lines of the block scalar; lines further out that hold templates only do not end it.
  void block_scalar() {
    const std::size_t outer = skip_blanks(line_) - line_;
    std::size_t indent = 0;
    std::size_t line = line_end(at_) + 1;
    at_ = line - 1;
    while (line < text_.size()) {
      const std::size_t first = skip_blanks(line);
      const std::size_t here = first - line;
      const std::size_t end = line_end(line);
      const bool empty = is_break(char_at(first));
      if (!empty && indent == 0) indent = std::max(here, outer + 1);
      if (!empty && here < indent) {
        if (!is_template(first)) break;
        at_ = first;
        line_ = line;
        if (!whole_lines()) break;
        line = line_end(at_) + 1;
        continue;
      }
      note_text_templates(first, end);
      line = end + 1;
    }
    at_ = std::min(line - 1, text_.size());
  }

  void note_text_templates(std::size_t begin, std::size_t end) {
    for (std::size_t at = text_.find("{{", begin); at < end; at = text_.find("{{", at)) {
      const std::size_t close = end_of(at);
      if (close == kNone || close > end) return;
      note(at, close, TemplateRole::InText);
      at = close;
    }
  }

  // ---- output

  void fill(std::size_t begin, std::size_t end, TemplateRole role) {
    std::fill(masked_.text.begin() + static_cast<std::ptrdiff_t>(begin),
              masked_.text.begin() + static_cast<std::ptrdiff_t>(end), 'x');
    note(begin, end, role);
  }

  void note(std::size_t begin, std::size_t end, TemplateRole role) {
    masked_.uses.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), role});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t flow_depth_ = 0;
  bool may_start_ = true;  // a value may start here
  bool broken_ = false;
  MaskedText masked_;
};

}  // namespace

std::optional<MaskedText> mask_yaml_templates(std::string_view text) {
  if (text.find("{{") == std::string_view::npos) return std::nullopt;
  return Masking(text).run();
}

}  // namespace tlsward
