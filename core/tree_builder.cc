// A parser speaks in events: "a map opens", "a key", "a value", "the map closes". The number of children is known only
// at the end, so they wait on a stack; the children of inner containers lie on top of those of outer ones. At the end
// of a container its children are the top of the stack, move into the document as one array, and the container itself
// becomes a child of the next outer one.
#include "core/tree_builder.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <memory>
#include <utility>

#include "core/large_memory.h"

namespace tlsward {
namespace {

/// Up to this many members are compared pair by pair, which is faster than any table.
constexpr std::size_t kFewMembers = 12;

/// Copies `children` into `memory`.
template <class T>
std::span<const T> moved_into(std::pmr::memory_resource& memory, std::span<const T> children) {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  if (children.empty()) return {};
  T* place = static_cast<T*>(memory.allocate(children.size_bytes(), alignof(T)));
  std::uninitialized_copy(children.begin(), children.end(), place);
  return {place, children.size()};
}

}  // namespace

TreeBuilder::TreeBuilder(Document& document, std::size_t first_block_bytes) : document_(document) {
  document.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(first_block_bytes, large_memory());
}

void TreeBuilder::open(const Node& shell, bool as_key) {
  frames_.push_back({.node = shell, .first_child = shell.is_map() ? members_.size() : items_.size(), .as_key = as_key});
}

void TreeBuilder::key(const Member& shell) {
  members_.push_back(shell);
  frames_.back().awaits_value = true;
}

void TreeBuilder::value(const Node& node, std::size_t size) {
  ++nodes_;
  if (frames_.empty()) {
    document_.root = node;
    has_root_ = true;
    return;
  }
  Frame& frame = frames_.back();
  frame.size += size;
  if (frame.node.is_map()) {
    members_.back().value = node;
    frame.awaits_value = false;
  } else {
    items_.push_back(node);
  }
}

Closed TreeBuilder::close(std::uint32_t end, Ending ending) {
  const Frame frame = frames_.back();
  Closed closed{.node = frame.node, .size = frame.size};
  closed.node.where.end = std::max(end, frame.node.where.begin);
  closed.node.open = closed.node.open || ending != Ending::Whole;
  if (frame.node.is_map()) {
    if (frame.awaits_value) members_.pop_back();
    if (ending != Ending::Templated) note_duplicates(pending_members());
    closed.node.members = moved_into(*document_.memory, pending_members());
    members_.resize(frame.first_child);
  } else {
    closed.node.items = moved_into(*document_.memory, std::span<const Node>(items_).subspan(frame.first_child));
    items_.resize(frame.first_child);
  }
  const bool empty = closed.node.items.empty() && closed.node.members.empty();
  if (ending == Ending::CutOff && empty) closed.node.unresolved = true;
  frames_.pop_back();
  if (!frame.as_key) value(closed.node, closed.size);
  return closed;
}

void TreeBuilder::abandon(std::uint32_t end) {
  if (depth() > 0) end = std::max(end, top().where.begin);
  while (depth() > 0) close(end, Ending::CutOff);
}

void TreeBuilder::drop_last_value() {
  if (frames_.empty()) {
    document_.root = {};
    has_root_ = false;
  } else if (top().is_map()) {
    members_.pop_back();
  } else {
    items_.pop_back();
  }
}

std::span<const Member> TreeBuilder::pending_members() const {
  return std::span<const Member>(members_).subspan(frames_.back().first_child);
}

void TreeBuilder::replace_members(std::span<const Member> members) {
  members_.resize(frames_.back().first_child);
  members_.insert(members_.end(), members.begin(), members.end());
}

std::string_view TreeBuilder::keep(std::string_view text) {
  if (text.empty()) return {};
  char* place = static_cast<char*>(document_.memory->allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

void TreeBuilder::note_duplicates(std::span<const Member> members) {
  if (members.size() > kFewMembers) return note_duplicates_of_many(members);
  for (std::size_t later = 1; later < members.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (members[earlier].key != members[later].key) continue;
      document_.duplicates.push_back({members[later].key, members[earlier].key_where, members[later].key_where});
      break;
    }
  }
}

// An open-addressing table of member numbers (0 is a free slot), at most half full.
void TreeBuilder::note_duplicates_of_many(std::span<const Member> members) {
  const std::size_t slots = std::bit_ceil(members.size() * 2);
  table_.assign(slots, 0);
  for (std::size_t later = 0; later < members.size(); ++later) {
    const std::string_view key = members[later].key;
    std::size_t slot = std::hash<std::string_view>{}(key) & (slots - 1);
    while (table_[slot] != 0 && members[table_[slot] - 1].key != key) slot = (slot + 1) & (slots - 1);
    if (table_[slot] == 0) {
      table_[slot] = static_cast<std::uint32_t>(later + 1);
    } else {
      document_.duplicates.push_back({key, members[table_[slot] - 1].key_where, members[later].key_where});
    }
  }
}

}  // namespace tlsward
