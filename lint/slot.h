// Where a value hangs in the tree of its document, and which bytes it covers there.
#pragma once

#include <cstddef>
#include <optional>

#include "core/document.h"
#include "core/source.h"
#include "lint/text_scan.h"

namespace tlsward::lint {

/// A child of a list or map, as a range of bytes: an item, or a member from its key to the end of its value.
struct Child {
  Offset begin = 0;
  Offset end = 0;
};

/// Where a node hangs in the tree.
struct Slot {
  const Node* parent = nullptr;
  const Member* holder = nullptr;  // the member whose value `parent` is, or nullptr
  std::size_t index = 0;
};

/// How many items or members.
std::size_t child_count(const Node& node);
Child child(const Node& node, std::size_t index);
/// The value of the item or member.
const Node& value_of(const Node& node, std::size_t index);

/// The item or member whose value lies exactly at `where` (for a member also: whose key does).
std::optional<Slot> find_slot(const Document& document, Span where);
/// The value that lies exactly at `where` and did not come through an alias, or nullptr.
const Node* find_node(const Document& document, Span where);

/// True where the map has the key of this member once more, before it or merged: that one holds once this one is gone.
bool hides_another(const Node& map, std::size_t index);

/// True in JSON and between YAML's brackets.
bool is_flow(const Scanner& scan, const Document& document, const Node& node);

}  // namespace tlsward::lint
