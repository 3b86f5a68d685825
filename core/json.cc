// nlohmann/json reads the text through an iterator that tells us how far it has come; after each token it calls us. A
// token therefore ends where the iterator stands (a number one byte earlier) and begins behind the last token, white
// space, commas and colons. So every node gets its exact span although the library knows of none.
//
// Strings without escapes and numbers are views into the source text; only decoded strings are copied.
#include "core/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "core/counting_iterator.h"
#include "core/json_diagnosis.h"
#include "core/json_mend.h"
#include "core/template.h"
#include "core/text_check.h"
#include "core/tree_builder.h"

namespace tlsward {
namespace {

/// What one reading works on. `parsed` is `original`, or a copy of the same length without templates.
struct Input {
  FileId file = 0;
  std::string_view original;
  std::string_view parsed;
  std::span<const std::uint32_t> open_containers{};
  bool may_hold_templates = false;
};

constexpr bool is_between_tokens(char c) {
  return c == ' ' || c == '\n' || c == ',' || c == ':' || c == '\r' || c == '\t';
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The receiver of nlohmann's events (its SAX interface names the functions).
class Reader {
 public:
  Reader(const Input& input, const Limits& limits, Document& document)
      : input_(input),
        limits_(limits),
        builder_(document, std::clamp<std::size_t>(input.parsed.size(), 1024, std::size_t{1} << 20)),
        position_(input.parsed.data() + byte_order_mark(input.parsed)),
        end_(input.parsed.data() + input.parsed.size()),
        last_end_(position_) {}

  /// What is wrong with the text, if anything. The document then holds what was read before.
  std::optional<SyntaxError> read() {
    const CountingIterator first(&position_);
    const CountingIterator last(&end_);
    nlohmann::json::sax_parse(first, last, this);
    if (problem_) builder_.abandon(offset(last_end_));
    return std::move(problem_);
  }

  bool null() { return scalar(NodeKind::Null, position_); }
  bool boolean(bool) { return scalar(NodeKind::Bool, position_); }
  bool number_integer(nlohmann::json::number_integer_t) { return number(); }
  bool number_unsigned(nlohmann::json::number_unsigned_t) { return number(); }
  bool number_float(nlohmann::json::number_float_t, const std::string&) { return number(); }
  bool binary(nlohmann::json::binary_t&) { return false; }

  bool string(const std::string& decoded) {
    const Text text = text_token(decoded);
    builder_.value({.kind = NodeKind::Text,
                    .style = text.bare ? Style::Plain : Style::DoubleQuoted,
                    .unresolved = text.unresolved,
                    .where = text.where,
                    .scalar = text.scalar});
    return after_value();
  }

  bool key(const std::string& decoded) {
    const Text text = text_token(decoded);
    builder_.key({.key = text.scalar, .key_where = text.where, .value = {}, .key_unresolved = text.unresolved});
    return after(JsonState::AfterKey);
  }

  bool start_object(std::size_t) { return start(NodeKind::Map, JsonState::AfterOpenMap); }
  bool start_array(std::size_t) { return start(NodeKind::List, JsonState::AfterOpenList); }
  bool end_object() { return end(); }
  bool end_array() { return end(); }

  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) {
    problem_ = diagnose_json(input_.parsed, offset(last_end_), state_, input_.file);
    // The parser takes `0` of `012` for a number of its own.
    if (problem_->where.begin < offset(last_end_) && ends_with_number(state_)) builder_.drop_last_value();
    return false;
  }

 private:
  static bool ends_with_number(JsonState state) {
    return state == JsonState::AfterMember || state == JsonState::AfterItem || state == JsonState::AfterRoot;
  }

  struct Text {
    Span where;
    std::string_view scalar;
    bool unresolved = false;
    bool bare = false;
  };

  std::uint32_t offset(const char* place) const { return static_cast<std::uint32_t>(place - input_.parsed.data()); }

  JsonState state_in_container() { return builder_.top().is_map() ? JsonState::AfterMember : JsonState::AfterItem; }

  bool after_value() {
    state_ = builder_.depth() == 0 ? JsonState::AfterRoot : state_in_container();
    if (builder_.nodes() <= limits_.nodes) return true;
    problem_ = {span_at(input_.file, offset(last_end_)),
                fmt::format("file has more values than the limit of {}", limits_.nodes)};
    return false;
  }

  bool after(JsonState state) {
    state_ = state;
    return true;
  }

  /// The span of the token that ends at `end`; the next one is looked for behind it.
  Span token(const char* end) {
    const char* begin = last_end_;
    while (begin < end && is_between_tokens(*begin)) ++begin;
    last_end_ = end;
    return {.file = input_.file, .begin = offset(begin), .end = offset(end)};
  }

  std::string_view written(Span where) const { return input_.original.substr(where.begin, where.end - where.begin); }

  bool scalar(NodeKind kind, const char* token_end) {
    const Span where = token(token_end);
    builder_.value({.kind = kind, .where = where, .scalar = written(where)});
    return after_value();
  }

  bool number() { return scalar(NodeKind::Number, number_end()); }

  // The lexer has looked at the byte behind a number, unless the text ends with the number.
  const char* number_end() const {
    if (position_ != end_) return position_ - 1;
    const char* begin = last_end_;
    while (begin < end_ && is_between_tokens(*begin)) ++begin;
    if (*begin == '-') ++begin;
    const bool zero_and_more = end_ - begin == 2 && *begin == '0';
    return is_digit(end_[-1]) && !zero_and_more ? end_ : end_ - 1;
  }

  Text text_token(const std::string& decoded) {
    const Span where = token(position_);
    const std::string_view whole = written(where);
    if (input_.may_hold_templates && holds_template(whole)) {
      const bool bare = !whole.starts_with('"');
      return {
          .where = where, .scalar = bare ? whole : whole.substr(1, whole.size() - 2), .unresolved = true, .bare = bare};
    }
    const std::string_view inner = whole.substr(1, whole.size() - 2);
    // An escape is always longer than what it stands for.
    const bool as_written = inner.size() == decoded.size();
    return {.where = where, .scalar = as_written ? inner : builder_.keep(decoded)};
  }

  bool start(NodeKind kind, JsonState state) {
    const Span where = token(position_);
    if (builder_.depth() >= limits_.nesting) {
      problem_ = {where, fmt::format("nesting is deeper than the limit of {} levels", limits_.nesting)};
      return false;
    }
    builder_.open({.kind = kind, .where = where});
    return after(state);
  }

  bool end() {
    const std::span<const std::uint32_t> opened = input_.open_containers;
    const bool open = !opened.empty() && std::binary_search(opened.begin(), opened.end(), builder_.top().where.begin);
    builder_.close(token(position_).end, open ? Ending::Templated : Ending::Whole);
    return after_value();
  }

  const Input& input_;
  const Limits& limits_;
  TreeBuilder builder_;
  const char* position_;
  const char* end_;
  const char* last_end_;
  JsonState state_ = JsonState::BeforeRoot;
  std::optional<SyntaxError> problem_;
};

ReadFile read(const Input& input, const Limits& limits) {
  ReadFile result;
  Document document{.file = input.file, .format = Format::Json};
  std::optional<SyntaxError> problem;
  try {
    problem = Reader(input, limits, document).read();
  } catch (const std::exception&) {
    problem = {.where = span_at(input.file, 0), .message = "reading stopped for want of memory"};
  }
  if (problem) result.errors.push_back(std::move(*problem));
  if (document.root.where.known()) result.documents.push_back(std::move(document));
  return result;
}

/// True where one of `errors` is about the byte at `place`.
bool names(const std::vector<SyntaxError>& errors, std::uint32_t place) {
  return std::any_of(errors.begin(), errors.end(),
                     [&](const SyntaxError& error) { return error.where.begin == place; });
}

/// Reads the text, and where it is broken, reads past what can be mended.
ReadFile read_mended(Input input, const Limits& limits) {
  ReadFile found = read(input, limits);
  if (found.errors.empty()) return found;
  const std::optional<MendedJson> mended = mend_json(input.parsed, input.file);
  if (!mended || !names(mended->errors, found.errors.front().where.begin)) return found;
  input.parsed = mended->text;
  found = read(input, limits);
  found.errors.insert(found.errors.begin(), mended->errors.begin(), mended->errors.end());
  std::stable_sort(found.errors.begin(), found.errors.end(),
                   [](const SyntaxError& a, const SyntaxError& b) { return a.where.begin < b.where.begin; });
  return found;
}

}  // namespace

ReadFile read_json(const SourceMap& sources, FileId file, const Limits& limits) {
  const std::string_view text = sources.text(file);
  if (std::optional<SyntaxError> problem = unreadable(text, file, limits))
    return {.documents = {}, .errors = {*problem}};
  Input input{.file = file, .original = text, .parsed = text};
  if (text.find("{{") == std::string_view::npos) return read_mended(input, limits);

  // Templates inside of strings leave the text JSON, and then nothing has to be guessed.
  input.may_hold_templates = true;
  ReadFile as_it_stands = read(input, limits);
  if (as_it_stands.errors.empty()) return as_it_stands;
  as_it_stands = {};
  const std::optional<MaskedText> masked = mask_json_templates(text);
  if (!masked) return read_mended(input, limits);
  input.parsed = masked->text;
  input.open_containers = masked->open_containers;
  return read_mended(input, limits);
}

}  // namespace tlsward
