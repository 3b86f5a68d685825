// The tree says which bytes a value covers; these functions work out which bytes round it must go too.
//
// JSON and YAML flow style are one case: items between brackets with commas (YAML also with comments). YAML block style
// is the other: an item or member owns whole lines, from its dash or key to the line in which its value ends. Whatever
// does not look like one of the two is left alone: no fix is better than a broken file.
#include "lint/edit.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "lint/slot.h"
#include "lint/text_scan.h"

namespace tlsward::lint {
namespace {

Edit erase(FileId file, Offset begin, Offset end) {
  return {{file, begin, end}, {}};
}

bool has_comment(std::string_view gap) {
  return gap.find('#') != std::string_view::npos;
}

bool is_comma_gap(std::string_view gap) {
  return gap.find_first_not_of(" \t\r\n,") == std::string_view::npos && std::count(gap.begin(), gap.end(), ',') == 1;
}

/// Removes the children first to last of a flow container that has another child behind them.
std::optional<Edit> erase_before_next(const Scanner& scan, FileId file, Child first, Child last, Child next) {
  Offset behind = scan.skip_white(last.end);
  if (scan.at(behind) != ',') return std::nullopt;
  const Offset rest = scan.skip_blanks(scan.skip_comment(behind + 1));
  if (scan.at_line_end(rest)) {
    // A comment may be about what stands in front of it on the line.
    return scan.starts_line(first.begin) ? erase(file, scan.line_start(first.begin), scan.next_line(rest))
                                         : erase(file, scan.skip_blanks_back(first.begin), behind + 1);
  }
  if (rest != next.begin) return std::nullopt;
  return erase(file, first.begin, next.begin);
}

/// Removes the children first to last of a flow container where they are the last but not the only ones.
std::optional<Edit> erase_behind_previous(const Scanner& scan, FileId file, Child previous, Child first, Child last) {
  const Offset end = scan.starts_line(first.begin) ? scan.skip_comment(last.end) : last.end;
  const std::string_view gap = scan.between(previous.end, first.begin);
  if (is_comma_gap(gap)) return erase(file, previous.end, end);
  // A comment behind the comma belongs to the one in front: only YAML has it, and YAML allows the comma to stay.
  const Offset rest = scan.skip_blanks(end);
  if (!has_comment(gap) || !scan.starts_line(first.begin) || !scan.at_line_end(rest)) return std::nullopt;
  return erase(file, scan.line_start(first.begin), scan.next_line(rest));
}

bool stands_alone(const Scanner& scan, Child item) {
  const Offset before = scan.skip_blanks_back(item.begin);
  if (before == 0) return true;
  const char c = scan.at(before - 1);
  return c == '\n' || c == ',' || c == '[' || c == '{';
}

/// The bytes of a child together with its line ending; nullopt where the line holds something else.
std::optional<Edit> erase_lines(const Scanner& scan, FileId file, Offset begin, Offset end) {
  const Offset rest = scan.skip_blanks(scan.skip_comment(end));
  if (!scan.starts_line(begin) || !scan.at_line_end(rest)) return std::nullopt;
  return erase(file, scan.line_start(begin), scan.next_line(rest));
}

bool has_comment_line(const Scanner& scan, const Document& document, Span within) {
  auto comment = std::partition_point(document.comments.begin(), document.comments.end(),
                                      [&](const Comment& other) { return other.where.begin < within.begin; });
  for (; comment != document.comments.end() && comment->where.begin < within.end; ++comment) {
    if (scan.starts_line(comment->where.begin)) return true;
  }
  return false;
}

/// Leaves nothing between the brackets but comments on lines of their own.
std::optional<std::vector<Edit>> empty_flow(const Scanner& scan, const Document& document, const Node& parent) {
  const char close = scan.at(parent.where.end - 1);
  if (close != ']' && close != '}') return std::nullopt;
  if (!has_comment_line(scan, document, parent.where))
    return std::vector<Edit>{erase(document.file, parent.where.begin + 1, parent.where.end - 1)};
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < child_count(parent); ++i) {
    const Child item = child(parent, i);
    const Offset behind = scan.skip_blanks(item.end);
    std::optional<Edit> edit =
        erase_lines(scan, document.file, item.begin, scan.at(behind) == ',' ? behind + 1 : item.end);
    if (!edit) return std::nullopt;
    edits.push_back(std::move(*edit));
  }
  return edits;
}

std::optional<std::vector<Edit>> remove_from_flow(const Scanner& scan, const Document& document, const Node& parent,
                                                  const std::vector<std::size_t>& indices) {
  const std::size_t count = child_count(parent);
  if (indices.size() == count) return empty_flow(scan, document, parent);
  // What stands in a row goes at once, but for comments on lines of their own.
  const auto goes_with_next = [&](std::size_t i) {
    if (i + 1 == indices.size() || indices[i + 1] != indices[i] + 1) return false;
    const Span between{document.file, child(parent, indices[i]).end, child(parent, indices[i + 1]).begin};
    return !has_comment_line(scan, document, between);
  };
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < indices.size();) {
    std::size_t j = i;
    while (goes_with_next(j)) ++j;
    const Child first = child(parent, indices[i]);
    const Child last = child(parent, indices[j]);
    if (!stands_alone(scan, first)) return std::nullopt;
    const std::optional<Edit> edit =
        indices[j] + 1 < count ? erase_before_next(scan, document.file, first, last, child(parent, indices[j] + 1))
                               : erase_behind_previous(scan, document.file, child(parent, indices[i] - 1), first, last);
    if (!edit) return std::nullopt;
    edits.push_back(*edit);
    i = j + 1;
  }
  return edits;
}

/// Where a block item or member begins: its dash, or its key.
std::optional<Offset> block_begin(const Scanner& scan, const Node& parent, std::size_t index) {
  const Child range = child(parent, index);
  if (parent.is_map()) return range.begin;
  Offset before = range.begin;
  while (before > 0 && (scan.at(before - 1) == ' ' || scan.at(before - 1) == '\t' || scan.at(before - 1) == '\n' ||
                        scan.at(before - 1) == '\r'))
    --before;
  if (before == 0 || before == range.begin || scan.at(before - 1) != '-') return std::nullopt;
  return before - 1;
}

/// End of the value of a block child, without line ending and comment.
std::optional<Offset> block_end(const Scanner& scan, const Node& parent, std::size_t index) {
  Offset end = child(parent, index).end;
  if (parent.is_map() && end == parent.members[index].key_where.end) {
    end = scan.skip_blanks(end);
    if (scan.at(end) != ':') return std::nullopt;
    return end + 1;
  }
  while (end > 0 && (scan.at(end - 1) == '\n' || scan.at(end - 1) == '\r')) --end;
  return end;
}

/// `- first: 1` loses its first member: the second moves up behind the dash.
std::optional<Edit> pull_up_next(const Scanner& scan, FileId file, const Node& parent, Offset begin, Offset end) {
  if (!parent.is_map() || parent.members.size() < 2 || parent.members[1].merged) return std::nullopt;
  const std::string_view dashes = scan.between(scan.line_start(begin), begin);
  if (dashes.find_first_not_of(" -") != std::string_view::npos) return std::nullopt;
  const Offset next = parent.members[1].key_where.begin;
  const Offset behind = scan.skip_comment(end);
  if (scan.skip_white(behind) != next) return std::nullopt;
  return erase(file, begin, next);
}

/// All children of a block go: `key:` and its lines become `key: []`, anything else is replaced where it stands.
std::optional<std::vector<Edit>> empty_block(const Scanner& scan, FileId file, const Slot& slot,
                                             const std::vector<Edit>& lines, Offset begin, Offset end) {
  const std::string_view empty = slot.parent->is_list() ? "[]" : "{}";
  if (!slot.holder) return std::vector<Edit>{{{file, begin, end}, std::string(empty)}};
  const Offset colon = scan.skip_blanks(slot.holder->key_where.end);
  if (scan.at(colon) != ':' || lines.empty()) return std::nullopt;
  if (!scan.at_line_end(scan.skip_blanks(scan.skip_comment(colon + 1)))) return std::nullopt;
  std::vector<Edit> edits = {{{file, colon + 1, colon + 1}, " " + std::string(empty)}};
  edits.insert(edits.end(), lines.begin(), lines.end());
  return edits;
}

std::optional<std::vector<Edit>> remove_from_block(const Scanner& scan, FileId file, const Slot& slot,
                                                   const std::vector<std::size_t>& indices) {
  const Node& parent = *slot.parent;
  const bool all = indices.size() == child_count(parent);
  std::vector<Edit> edits;
  Offset first_begin = 0;
  Offset last_end = 0;
  for (std::size_t index : indices) {
    const std::optional<Offset> begin = block_begin(scan, parent, index);
    const std::optional<Offset> end = block_end(scan, parent, index);
    if (!begin || !end) return std::nullopt;
    if (index == indices.front()) first_begin = *begin;
    last_end = *end;
    std::optional<Edit> edit = erase_lines(scan, file, *begin, *end);
    if (!edit && index == 0 && !all && indices.size() == 1) edit = pull_up_next(scan, file, parent, *begin, *end);
    if (!edit && !(all && !slot.holder)) return std::nullopt;
    if (edit) edits.push_back(std::move(*edit));
  }
  if (all) return empty_block(scan, file, slot, edits, first_begin, last_end);
  return edits;
}

/// The slots of all places, if they are children of one container.
std::optional<std::vector<Slot>> siblings(const Document& document, const std::vector<Span>& where) {
  std::vector<Slot> slots;
  for (const Span& span : where) {
    const std::optional<Slot> slot = find_slot(document, span);
    if (!slot || (!slots.empty() && slots.front().parent != slot->parent)) return std::nullopt;
    slots.push_back(*slot);
  }
  if (slots.empty()) return std::nullopt;
  return slots;
}

const Member* first_own_member(const Node& map) {
  const auto found =
      std::find_if(map.members.begin(), map.members.end(), [](const Member& member) { return !member.merged; });
  return found == map.members.end() ? nullptr : &*found;
}

const Member* own_member(const Node& map, std::string_view key) {
  const auto found = std::find_if(map.members.begin(), map.members.end(),
                                  [&](const Member& member) { return !member.merged && member.key == key; });
  return found == map.members.end() ? nullptr : &*found;
}

/// Where a tag that YAML itself defines ends in front of `end`, begins; nullopt where none does.
std::optional<Offset> core_tag(std::string_view text, Offset end) {
  constexpr std::array<std::string_view, 5> kTypes = {"null", "bool", "int", "float", "str"};
  const std::string_view before = text.substr(0, end);
  for (const std::string_view type : kTypes) {
    for (const std::string& tag : {"!!" + std::string(type), "!<tag:yaml.org,2002:" + std::string(type) + ">"}) {
      if (before.ends_with(tag)) return end - static_cast<Offset>(tag.size());
    }
  }
  return std::nullopt;
}

/// The anchor that ends at `end`, or nothing.
std::string_view anchor(std::string_view text, Offset end) {
  Offset begin = end;
  while (begin > 0 && std::string_view(" \t\r\n,[]{}").find(text[begin - 1]) == std::string_view::npos) --begin;
  const std::string_view word = text.substr(begin, end - begin);
  return word.starts_with('&') ? word : std::string_view{};
}

Offset skip_white_back(std::string_view text, Offset offset) {
  while (offset > 0 && std::string_view(" \t\r\n").find(text[offset - 1]) != std::string_view::npos) --offset;
  return offset;
}

}  // namespace

std::optional<std::string> apply_edits(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
    return std::pair(a.where.begin, a.where.end) < std::pair(b.where.begin, b.where.end);
  });
  std::string result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    if (edit.where.begin < done || edit.where.end < edit.where.begin || edit.where.end > text.size())
      return std::nullopt;
    result.append(text.substr(done, edit.where.begin - done));
    result.append(edit.text);
    done = edit.where.end;
  }
  result.append(text.substr(done));
  return result;
}

Edit replacement(std::string_view text, Span where, std::string_view value) {
  const bool is_empty = where.begin == where.end;
  const bool needs_blank = is_empty && where.begin > 0 &&
                           std::string_view(" \t\r\n,[{").find(text[where.begin - 1]) == std::string_view::npos;
  const Offset behind_anchor = skip_white_back(text, where.begin);
  const std::string_view kept = anchor(text, behind_anchor);
  const Offset behind_tag = skip_white_back(text, behind_anchor - static_cast<Offset>(kept.size()));
  // It would go on saying what the old value was.
  if (const std::optional<Offset> tag = core_tag(text, behind_tag); tag && (is_empty || behind_tag < where.begin)) {
    where.begin = *tag;
    return Edit{where, std::string(kept) + (kept.empty() ? "" : " ") + std::string(value)};
  }
  return Edit{where, (needs_blank ? " " : "") + std::string(value)};
}

std::optional<std::vector<Edit>> removal(std::string_view text, const Document& document,
                                         const std::vector<Span>& where) {
  const std::optional<std::vector<Slot>> slots = siblings(document, where);
  if (!slots) return std::nullopt;
  const Slot& slot = slots->front();
  const Node& parent = *slot.parent;
  if (parent.open ||
      std::any_of(parent.members.begin(), parent.members.end(), [](const Member& member) { return member.merged; }))
    return std::nullopt;
  std::vector<std::size_t> indices;
  for (const Slot& each : *slots) indices.push_back(each.index);
  std::sort(indices.begin(), indices.end());
  indices.erase(std::unique(indices.begin(), indices.end()), indices.end());
  const auto uncovers = [&](std::size_t index) { return parent.is_map() && hides_another(parent, index); };
  if (std::any_of(indices.begin(), indices.end(), uncovers)) return std::nullopt;
  const Scanner scan(text);
  return is_flow(scan, document, parent) ? remove_from_flow(scan, document, parent, indices)
                                         : remove_from_block(scan, document.file, slot, indices);
}

std::optional<Edit> insertion(std::string_view text, const Document& document, Span map, std::string_view key,
                              std::string_view value) {
  const Node* node = find_node(document, map);
  if (!node || !node->is_map() || node->open) return std::nullopt;
  if (const Member* there = own_member(*node, key)) {
    const bool is_null = there->value.is_null() && !there->value.unresolved && !there->value.used_at.known();
    return is_null ? std::optional(replacement(text, there->value.where, value)) : std::nullopt;
  }
  const Scanner scan(text);
  const bool flow = is_flow(scan, document, *node);
  std::string member = document.format == Format::Json ? "\"" + std::string(key) + "\"" : std::string(key);
  member += ": ";
  member += value;
  if (flow && node->members.empty()) {
    if (scan.skip_white(map.begin + 1) + 1 != map.end) return std::nullopt;
    return Edit{{document.file, map.begin + 1, map.end - 1}, member};
  }
  const Member* first = first_own_member(*node);
  if (!first) return std::nullopt;
  const Offset begin = first->key_where.begin;
  if (flow && !scan.starts_line(begin)) return Edit{{document.file, begin, begin}, member + ", "};
  std::string indent(scan.between(scan.line_start(begin), begin));
  std::replace(indent.begin(), indent.end(), '-', ' ');
  if (indent.find_first_not_of(" \t") != std::string::npos) return std::nullopt;
  if (flow) member += ',';
  member += scan.line_ending(begin);
  return Edit{{document.file, begin, begin}, member + indent};
}

}  // namespace tlsward::lint
