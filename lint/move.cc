#include "lint/move.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "lint/edit.h"
#include "lint/slot.h"
#include "lint/text_scan.h"

namespace tlsward::lint {
namespace {

/// A member of a block map, as it stands.
struct MemberLines {
  Offset begin = 0;         // of the first comment above it, else of its line
  Offset key = 0;           // where the key begins
  Offset end = 0;           // of the value
  Offset next = 0;          // behind its last line
  std::string indent = {};  // in front of the key
};

bool is_comment(const Document& document, Offset begin) {
  return std::any_of(document.comments.begin(), document.comments.end(),
                     [&](const Comment& comment) { return comment.where.begin == begin; });
}

bool holds_comment(const Document& document, Offset begin, Offset end) {
  return std::any_of(document.comments.begin(), document.comments.end(),
                     [&](const Comment& comment) { return begin <= comment.where.begin && comment.where.begin < end; });
}

/// Where the line before `line` begins, if all that it holds is a comment, `column` bytes from its start.
std::optional<Offset> comment_line_before(const Scanner& scan, const Document& document, Offset line, Offset column) {
  if (line == 0) return std::nullopt;
  const Offset before = scan.line_start(line - 1);
  const Offset hash = scan.skip_blanks(before);
  if (hash - before != column || !is_comment(document, hash)) return std::nullopt;
  return before;
}

/// More about what stands in front: a comment that is indented deeper than the key.
bool goes_on_below(const Scanner& scan, const Document& document, const MemberLines& lines) {
  const Offset hash = scan.skip_blanks(lines.next);
  return hash - lines.next > lines.indent.size() && is_comment(document, hash);
}

/// Nullopt where it shares a line with something else, or where it is not clear which comments are its own.
std::optional<MemberLines> lines_of(const Scanner& scan, const Document& document, const Slot& slot) {
  const Member& member = slot.parent->members[slot.index];
  MemberLines lines;
  lines.key = member.key_where.begin;
  lines.begin = scan.line_start(lines.key);
  lines.indent = scan.between(lines.begin, lines.key);
  if (lines.indent.find_first_not_of(' ') != std::string::npos) return std::nullopt;
  lines.end = child(*slot.parent, slot.index).end;
  if (lines.end == member.key_where.end) return std::nullopt;
  while (scan.at(lines.end - 1) == '\n' || scan.at(lines.end - 1) == '\r') --lines.end;
  const Offset rest = scan.skip_blanks(scan.skip_comment(lines.end));
  if (!scan.at_line_end(rest)) return std::nullopt;
  lines.next = scan.next_line(rest);
  if (goes_on_below(scan, document, lines)) return std::nullopt;
  const auto column = static_cast<Offset>(lines.indent.size());
  while (const auto before = comment_line_before(scan, document, lines.begin, column)) lines.begin = *before;
  return lines;
}

/// Every line that holds something, pushed to the right.
std::string indented(std::string_view lines, std::string_view by) {
  std::string result;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    const std::string_view line = lines.substr(0, end);
    if (line.find_first_not_of("\r\n") != std::string_view::npos) result += by;
    result += line;
    lines.remove_prefix(end);
  }
  return result;
}

std::optional<Slot> find_member(const Document& document, Span key) {
  const std::optional<Slot> slot = find_slot(document, key);
  if (!slot || !slot->parent->is_map() || slot->parent->open) return std::nullopt;
  const Member& member = slot->parent->members[slot->index];
  if (member.merged || member.value.used_at.known() || hides_another(*slot->parent, slot->index)) return std::nullopt;
  return slot;
}

/// `key: value` between brackets.
std::string_view written(const Scanner& scan, const Slot& slot) {
  const Child range = child(*slot.parent, slot.index);
  return scan.between(range.begin, range.end);
}

std::optional<std::vector<Edit>> gather_in_brackets(std::string_view text, const Document& document, const Slot& first,
                                                    const Slot& second, std::string_view name) {
  const Scanner scan(text);
  const Span map = first.parent->where;
  if (holds_comment(document, map.begin, map.end)) return std::nullopt;
  std::optional<std::vector<Edit>> edits = removal(text, document, {second.parent->members[second.index].key_where});
  if (!edits) return std::nullopt;
  const Child place = child(*first.parent, first.index);
  const std::string_view quote = document.format == Format::Json ? "\"" : "";
  edits->push_back(
      {{document.file, place.begin, place.end},
       fmt::format("{0}{1}{0}: [{{ {2}, {3} }}]", quote, name, written(scan, first), written(scan, second))});
  return edits;
}

std::optional<std::vector<Edit>> gather_lines(std::string_view text, const Document& document, const Slot& first,
                                              const Slot& second, std::string_view name) {
  const Scanner scan(text);
  const std::optional<MemberLines> one = lines_of(scan, document, first);
  const std::optional<MemberLines> other = lines_of(scan, document, second);
  if (!one || !other || other->begin < one->next) return std::nullopt;
  const std::string_view line_ending = scan.line_ending(one->key);
  const std::string step(std::string_view("  - ").size(), ' ');
  const Offset second_line = scan.next_line(scan.line_end(one->key));
  std::string entry = fmt::format("{}:{}{}  - ", name, line_ending, one->indent);
  entry += scan.between(one->key, second_line);
  entry += indented(scan.between(second_line, one->next), step);
  entry += indented(scan.between(other->begin, other->next), step);
  if (!entry.ends_with('\n')) entry += line_ending;
  return std::vector<Edit>{{{document.file, one->key, one->next}, std::move(entry)},
                           {{document.file, other->begin, other->next}, {}}};
}

/// The comments of a moved member are written round `added`, which inserts it as the first of a block map.
std::optional<Edit> with_comments(const Scanner& scan, const MemberLines& lines, Edit added) {
  const std::string indent(scan.between(scan.line_start(added.where.begin), added.where.begin));
  const bool at_line = added.where.begin == added.where.end && indent.find_first_not_of(' ') == std::string::npos;
  if (!at_line || !added.text.ends_with(indent)) return std::nullopt;
  std::string above;
  for (Offset line = lines.begin; line < scan.line_start(lines.key); line = scan.next_line(scan.line_end(line)))
    above += std::string(scan.between(scan.skip_blanks(line), scan.next_line(scan.line_end(line)))) + indent;
  const std::size_t end_of_line = added.text.find_first_of("\r\n");
  added.text.insert(end_of_line, scan.between(lines.end, scan.line_end(lines.end)));
  added.text.insert(0, above);
  return added;
}

std::string_view line_at(const Scanner& scan, Offset offset) {
  return scan.between(scan.line_start(offset), scan.line_end(offset));
}

bool may_have_comment(const Scanner& scan, const Document& document, Span item) {
  const Offset line = scan.line_start(item.begin);
  if (holds_comment(document, line, scan.line_end(item.end))) return true;
  return line > 0 && is_comment(document, scan.skip_blanks(scan.line_start(line - 1)));
}

}  // namespace

std::optional<std::vector<Edit>> move_into(std::string_view text, const Document& document, Span key, Span map) {
  const std::optional<Slot> slot = find_member(document, key);
  if (!slot) return std::nullopt;
  const Member& member = slot->parent->members[slot->index];
  const Scanner scan(text);
  const std::string_view value = scan.between(member.value.where.begin, member.value.where.end);
  if (value.find('\n') != std::string_view::npos) return std::nullopt;
  const std::optional<Edit> added = insertion(text, document, map, member.key, value);
  std::optional<std::vector<Edit>> edits = removal(text, document, {key});
  if (!added || !edits) return std::nullopt;
  if (is_flow(scan, document, *slot->parent)) {
    if (holds_comment(document, slot->parent->where.begin, slot->parent->where.end)) return std::nullopt;
    edits->push_back(*added);
    return edits;
  }
  const std::optional<MemberLines> lines = lines_of(scan, document, *slot);
  if (!lines) return std::nullopt;
  if (!holds_comment(document, lines->begin, lines->next)) {
    edits->push_back(*added);
    return edits;
  }
  // Above the first member stands what is about the whole file.
  const bool heads_map = slot->index == 0 && lines->begin < scan.line_start(lines->key);
  std::optional<Edit> commented = with_comments(scan, *lines, *added);
  if (heads_map || !commented || holds_comment(document, lines->key, lines->end)) return std::nullopt;
  return std::vector<Edit>{{{document.file, lines->begin, lines->next}, {}}, std::move(*commented)};
}

std::optional<std::vector<Edit>> gather(std::string_view text, const Document& document, Span one, Span other,
                                        std::string_view name) {
  const std::optional<Slot> first = find_member(document, one.begin < other.begin ? one : other);
  const std::optional<Slot> second = find_member(document, one.begin < other.begin ? other : one);
  if (!first || !second || first->parent != second->parent) return std::nullopt;
  const bool flow = is_flow(Scanner(text), document, *first->parent);
  return flow ? gather_in_brackets(text, document, *first, *second, name)
              : gather_lines(text, document, *first, *second, name);
}

std::optional<std::vector<Edit>> exchange(std::string_view text, const Document& document, Span one, Span other) {
  const Scanner scan(text);
  const bool one_line = line_at(scan, one.begin).data() == line_at(scan, other.end).data();
  const bool commented = may_have_comment(scan, document, one) || may_have_comment(scan, document, other);
  if (commented && !one_line) return std::nullopt;
  return std::vector<Edit>{{one, std::string(scan.between(other.begin, other.end))},
                           {other, std::string(scan.between(one.begin, one.end))}};
}

}  // namespace tlsward::lint
