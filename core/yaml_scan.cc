// Every function here starts at a place that yaml-cpp has named, so it may rely on what stands there: none of them has
// to tell a quote that opens a scalar from one inside a plain scalar.
#include "core/yaml_scan.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text_check.h"

namespace tlsward {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_space(char c) {
  return is_blank(c) || is_break(c);
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_flow_indicator(char c) {
  return std::string_view("[]{},").find(c) != std::string_view::npos;
}

char char_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\n';
}

/// Offset of the line break that ends the line of `at`, or the end of the text. A lone carriage return counts as one.
std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

/// Offset of the line that follows the line break at `at`.
std::size_t next_line(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  return at + (text.substr(at).starts_with("\r\n") ? 2 : 1);
}

bool is_marker(std::string_view text, std::size_t line, std::string_view marker) {
  return text.substr(line).starts_with(marker) && is_space(char_at(text, line + marker.size()));
}

/// True where a line holds something that makes the text round it a document.
bool has_content(std::string_view text, std::size_t line) {
  std::size_t at = line;
  while (is_blank(char_at(text, at))) ++at;
  const char c = char_at(text, at);
  return !is_break(c) && c != '#';
}

/// True where something stands behind the `---` at `line`.
bool has_content_behind_marker(std::string_view text, std::size_t line) {
  return has_content(text, line + 3);
}

}  // namespace

std::vector<DocumentExtent> split_documents(std::string_view text, std::size_t begin) {
  std::vector<DocumentExtent> found;
  std::size_t start = begin;
  bool content = false;
  bool marked = false;  // this document has its `---`
  const auto finish = [&](std::size_t end) {
    if (content) found.push_back({start, end});
    start = end;
    content = false;
    marked = false;
  };
  for (std::size_t line = begin; line < text.size();) {
    const std::size_t next = next_line(text, line_end(text, line));
    if (is_marker(text, line, "---")) {
      if (content || marked) finish(line);
      marked = true;
      content = has_content_behind_marker(text, line);
    } else if (is_marker(text, line, "...")) {
      finish(next);
    } else if (text[line] != '%' || marked || content) {
      content = content || has_content(text, line);
    }
    line = next;
  }
  finish(text.size());
  return found;
}

std::size_t skip_gap(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_space(text[at])) {
      ++at;
    } else if (text[at] == '#') {
      at = line_end(text, at);
    } else {
      return at;
    }
  }
  return text.size();
}

std::size_t property_end(std::string_view text, std::size_t at) {
  const char c = char_at(text, at);
  if (c != '&' && c != '!') return at;
  if (text.substr(at).starts_with("!<")) return std::min(text.find('>', at), text.size() - 1) + 1;
  while (at < text.size() && !is_space(text[at]) && !is_flow_indicator(text[at])) ++at;
  return at;
}

std::size_t alias_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_space(text[at]) && !is_flow_indicator(text[at])) ++at;
  return at;
}

std::optional<std::size_t> quoted_end(std::string_view text, std::size_t begin) {
  const char quote = char_at(text, begin);
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  std::size_t at = begin + 1;
  while ((at = text.find_first_of(stops, at)) != std::string_view::npos) {
    const bool escapes = text[at] == '\\' || (quote == '\'' && char_at(text, at + 1) == '\'');
    if (!escapes) return at + 1;
    at += 2;
  }
  return std::nullopt;
}

std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) {
  std::size_t at = begin;
  std::size_t in_value = 0;
  while (in_value < value.size() && at < text.size()) {
    if (is_space(value[in_value])) {
      while (in_value < value.size() && is_space(value[in_value])) ++in_value;
      while (at < text.size() && is_space(text[at])) ++at;
      continue;
    }
    if (text[at] != value[in_value]) break;
    ++at;
    ++in_value;
  }
  return at;
}

namespace {

/// The line `|2-` that starts a block scalar.
struct BlockHeader {
  std::size_t end = 0;  // behind the indicators
  int indent = 0;       // 0: found out from the first line
  bool keep = false;
};

BlockHeader block_header(std::string_view text, std::size_t begin) {
  BlockHeader header{.end = begin + 1};
  while (header.end < text.size()) {
    const char c = text[header.end];
    if (is_digit(c)) header.indent = c - '0';
    if (c == '+') header.keep = true;
    if (!is_digit(c) && c != '+' && c != '-') break;
    ++header.end;
  }
  return header;
}

}  // namespace

std::size_t block_scalar_end(std::string_view text, std::size_t begin, int parent_column) {
  const BlockHeader header = block_header(text, begin);
  const int parent = std::max(parent_column, 0);
  const bool detect = header.indent == 0;
  int indent = parent + (detect ? 1 : header.indent);
  bool found_content = false;
  std::size_t end = header.end;
  std::size_t line = next_line(text, line_end(text, begin));
  while (line < text.size()) {
    const bool look_for_indent = detect && !found_content;
    std::size_t at = line;
    while (char_at(text, at) == ' ' && (look_for_indent || at - line < static_cast<std::size_t>(indent))) ++at;
    const int column = static_cast<int>(at - line);
    const std::size_t stop = line_end(text, at);
    const bool blank = stop == at;
    // Leading blank lines count here as they do for yaml-cpp.
    if (look_for_indent) indent = std::max(indent, column);
    if (!blank && column < indent) break;
    if (!blank) found_content = true;
    if (!blank || header.keep) end = stop;
    line = next_line(text, stop);
  }
  return end;
}

int column_of(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  const std::size_t before = text.find_last_of("\r\n", at - 1);
  return static_cast<int>(before == std::string_view::npos ? at - byte_order_mark(text) : at - before - 1);
}

bool spells_null(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 4> kSpellings = {"~", "null", "Null", "NULL"};
  return std::any_of(kSpellings.begin(), kSpellings.end(), [&](std::string_view spelling) {
    if (!text.substr(std::min(at, text.size())).starts_with(spelling)) return false;
    const char next = char_at(text, at + spelling.size());
    return is_space(next) || is_flow_indicator(next) || next == ':' || next == '#';
  });
}

bool is_followed_by_colon(std::string_view text, std::size_t end) {
  while (is_blank(char_at(text, end))) ++end;
  if (char_at(text, end) != ':') return false;
  const char next = char_at(text, end + 1);
  return is_space(next) || is_flow_indicator(next);
}

namespace {

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

bool is_based_integer(std::string_view text) {
  const std::string_view digits = text.size() > 2 ? text.substr(2) : "";
  if (text.starts_with("0o")) return !digits.empty() && digits.find_first_not_of("01234567") == std::string_view::npos;
  if (!text.starts_with("0x")) return false;
  return !digits.empty() && digits.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

/// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) {
  const std::size_t whole = skip_digits(text, 0);
  std::size_t at = whole;
  if (at < text.size() && text[at] == '.') at = skip_digits(text, at + 1);
  if (at == 0 || (whole == 0 && at == 1)) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = at;
    at = skip_digits(text, at);
    if (at == exponent) return false;
  }
  return at == text.size();
}

}  // namespace

bool is_core_schema_number(std::string_view plain) {
  if (plain == ".nan" || plain == ".NaN" || plain == ".NAN" || is_based_integer(plain)) return true;
  if (plain.starts_with('+') || plain.starts_with('-')) plain.remove_prefix(1);
  return plain == ".inf" || plain == ".Inf" || plain == ".INF" || is_decimal(plain);
}

NodeKind core_schema_kind(std::string_view plain) {
  constexpr std::array<std::string_view, 5> kNull = {"", "~", "null", "Null", "NULL"};
  constexpr std::array<std::string_view, 6> kBool = {"true", "True", "TRUE", "false", "False", "FALSE"};
  if (std::find(kNull.begin(), kNull.end(), plain) != kNull.end()) return NodeKind::Null;
  if (std::find(kBool.begin(), kBool.end(), plain) != kBool.end()) return NodeKind::Bool;
  return is_core_schema_number(plain) ? NodeKind::Number : NodeKind::Text;
}

namespace {

/// Walks through one document and steps over its scalars.
class GapScan {
 public:
  GapScan(std::string_view text, FileId file, const std::vector<Span>& scalars)
      : text_(text), file_(file), scalars_(scalars) {}

  GapFindings run(std::size_t begin, std::size_t end) {
    bool line_start = true;
    for (std::size_t at = begin; at < end;) {
      if (next_ < scalars_.size() && at >= scalars_[next_].begin) {
        at = std::max<std::size_t>(at, scalars_[next_++].end);
        line_start = false;
        continue;
      }
      if (line_start && flow_depth_ == 0) look_at_indentation(at);
      line_start = is_break(text_[at]);
      if (text_[at] == '#' && may_start_comment(at, begin)) {
        at = comment(at);
      } else {
        count_brackets(text_[at]);
        ++at;
      }
    }
    return std::move(found_);
  }

 private:
  void look_at_indentation(std::size_t line) {
    std::size_t at = line;
    while (char_at(text_, at) == ' ') ++at;
    if (char_at(text_, at) == '\t' && has_content(text_, at)) found_.indenting_tabs.push_back(span_at(file_, at, 1));
  }

  // Inside an anchor, an alias or a tag `#` is a letter like others.
  bool may_start_comment(std::size_t at, std::size_t begin) const {
    if (at == begin || (next_ > 0 && scalars_[next_ - 1].end == at)) return true;
    return is_space(text_[at - 1]) || is_flow_indicator(text_[at - 1]);
  }

  std::size_t comment(std::size_t at) {
    const std::size_t end = line_end(text_, at);
    found_.comments.push_back({.where = span_at(file_, at, end - at), .text = text_.substr(at, end - at)});
    return end;
  }

  void count_brackets(char c) {
    if (c == '[' || c == '{') ++flow_depth_;
    if ((c == ']' || c == '}') && flow_depth_ > 0) --flow_depth_;
  }

  std::string_view text_;
  FileId file_;
  const std::vector<Span>& scalars_;
  std::size_t next_ = 0;
  std::size_t flow_depth_ = 0;
  GapFindings found_;
};

}  // namespace

GapFindings scan_gaps(std::string_view text, FileId file, std::size_t begin, std::size_t end,
                      const std::vector<Span>& scalars) {
  return GapScan(text, file, scalars).run(begin, end);
}

}  // namespace tlsward
