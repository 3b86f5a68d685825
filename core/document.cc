#include "core/document.h"

namespace tlsward {

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

}  // namespace tlsward
