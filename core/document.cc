#include "core/document.h"

#include <cstring>

#include "core/large_memory.h"

namespace tlsward {
namespace {

void edit_below(Node& node, const std::function<void(Node&)>& change) {
  if (node.is_scalar()) return change(node);
  // An alias shares its children with the node that it names; they are edited there, once.
  if (node.used_at.known()) return;
  // Readers give the tree out as constant; its memory is the document's own.
  for (const Node& item : node.items) edit_below(const_cast<Node&>(item), change);
  for (const Member& member : node.members) edit_below(const_cast<Node&>(member.value), change);
}

}  // namespace

const Member* Node::find_member(std::string_view key) const {
  const Member* found = nullptr;
  for (const Member& member : members) {
    if (member.key != key) continue;
    if (member.merged && found) continue;
    found = &member;
  }
  return found;
}

const Node* Node::find(std::string_view key) const {
  const Member* member = find_member(key);
  return member ? &member->value : nullptr;
}

void edit_scalars(Document& document, const std::function<void(Node&)>& change) {
  edit_below(document.root, change);
}

std::string_view keep(Document& document, std::string_view text) {
  if (text.empty()) return {};
  if (!document.memory) document.memory = std::make_unique<std::pmr::monotonic_buffer_resource>(large_memory());
  char* place = static_cast<char*>(document.memory->allocate(text.size(), 1));
  std::memcpy(place, text.data(), text.size());
  return {place, text.size()};
}

}  // namespace tlsward
