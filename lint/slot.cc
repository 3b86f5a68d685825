#include "lint/slot.h"

#include <algorithm>

namespace tlsward::lint {
namespace {

Span place(const Node& node) {
  return node.used_at.known() ? node.used_at : node.where;
}

bool is_merged(const Node& node, std::size_t index) {
  return node.is_map() && node.members[index].merged;
}

bool encloses(const Node& node, std::size_t index, Span where) {
  if (is_merged(node, index)) return false;
  const Child range = child(node, index);
  return range.begin <= where.begin && where.end <= range.end;
}

/// Number of the child that encloses `where`. Children stand in file order, except those that `<<` brought in.
std::optional<std::size_t> enclosing_child(const Node& node, Span where) {
  std::size_t low = 0;
  std::size_t high = child_count(node);
  const std::size_t count = high;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (child(node, middle).begin <= where.begin) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low > 0 && encloses(node, low - 1, where)) return low - 1;
  for (std::size_t i = 0; i < count; ++i) {
    if (encloses(node, i, where)) return i;
  }
  return std::nullopt;
}

}  // namespace

std::size_t child_count(const Node& node) {
  return node.is_list() ? node.items.size() : node.members.size();
}

Child child(const Node& node, std::size_t index) {
  if (node.is_list()) {
    const Span where = place(node.items[index]);
    return {where.begin, where.end};
  }
  const Member& member = node.members[index];
  const Span value = place(member.value);
  return {member.key_where.begin, value.known() ? std::max(member.key_where.end, value.end) : member.key_where.end};
}

const Node& value_of(const Node& node, std::size_t index) {
  return node.is_list() ? node.items[index] : node.members[index].value;
}

std::optional<Slot> find_slot(const Document& document, Span where) {
  if (where.file != document.file) return std::nullopt;
  const Node* node = &document.root;
  const Member* holder = nullptr;
  while (child_count(*node) > 0) {
    const std::optional<std::size_t> index = enclosing_child(*node, where);
    if (!index) return std::nullopt;
    const Node& value = value_of(*node, *index);
    if (place(value) == where || (node->is_map() && node->members[*index].key_where == where))
      return Slot{node, holder, *index};
    // What came in through an alias stands elsewhere.
    if (value.used_at.known()) return std::nullopt;
    holder = node->is_map() ? &node->members[*index] : nullptr;
    node = &value;
  }
  return std::nullopt;
}

const Node* find_node(const Document& document, Span where) {
  if (document.root.where == where) return &document.root;
  const std::optional<Slot> slot = find_slot(document, where);
  if (!slot) return nullptr;
  const Node& value = value_of(*slot->parent, slot->index);
  return place(value) == where && !value.used_at.known() ? &value : nullptr;
}

bool hides_another(const Node& map, std::size_t index) {
  for (std::size_t i = 0; i < map.members.size(); ++i) {
    const bool is_hidden = i < index || map.members[i].merged;
    if (i != index && is_hidden && map.members[i].key == map.members[index].key) return true;
  }
  return false;
}

bool is_flow(const Scanner& scan, const Document& document, const Node& node) {
  if (document.format == Format::Json) return true;
  const char c = scan.at(node.where.begin);
  return c == '[' || c == '{';
}

}  // namespace tlsward::lint
