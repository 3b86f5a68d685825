#include "core/yaml_anchors.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace tlsward {

void AnchorTable::remember(std::size_t anchor, const Closed& value) {
  if (nodes_.size() <= anchor) nodes_.resize(anchor + 1);
  nodes_[anchor] = value;
}

Closed AnchorTable::copy(std::size_t anchor, Span where, std::string_view written, std::vector<SyntaxError>& errors) {
  const Closed none{.node = {.kind = NodeKind::Text, .unresolved = true, .where = where, .scalar = written}};
  if (anchor >= nodes_.size() || !nodes_[anchor]) {
    errors.push_back({where, fmt::format("alias '{}' stands inside the value that it names", written)});
    return none;
  }
  if (budget_.exceeded) return none;
  budget_.used += nodes_[anchor]->size;
  if (budget_.used > budget_.limit) {
    budget_.exceeded = true;
    errors.push_back(
        {where, fmt::format("aliases add {} nodes or more, more than the limit of {}", budget_.used, budget_.limit)});
    return none;
  }
  Closed copy = *nodes_[anchor];
  copy.node.used_at = where;
  return copy;
}

namespace {

bool is_merge(const Member& member, std::string_view text) {
  if (member.key != "<<" || text[member.key_where.begin] != '<') return false;
  if (member.value.is_map() || member.value.unresolved) return true;
  const std::span<const Node> items = member.value.items;
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const Node& item) { return item.is_map(); });
}

}  // namespace

MergedMembers merged(std::span<const Member> members, std::string_view text) {
  MergedMembers result;
  std::unordered_set<std::string_view> taken;
  for (const Member& member : members) {
    if (is_merge(member, text)) continue;
    result.members.push_back(member);
    taken.insert(member.key);
  }
  const auto bring_in = [&](const Node& map, Span used_at) {
    for (Member member : map.members) {
      if (!taken.insert(member.key).second) continue;
      member.merged = true;
      member.value.used_at = map.used_at.known() ? map.used_at : used_at;
      result.members.push_back(member);
    }
    result.open = result.open || map.open;
  };
  for (const Member& member : members) {
    if (!is_merge(member, text)) continue;
    if (member.value.unresolved) result.open = true;
    if (member.value.is_map()) bring_in(member.value, member.value.used_at);
    for (const Node& map : member.value.items) bring_in(map, member.value.used_at);
  }
  return result;
}

}  // namespace tlsward
