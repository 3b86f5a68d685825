#include "gateways/key.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tlsward::gateways {

std::string name(ProductVersion version) {
  if (version.patch == 0) return fmt::format("{}.{}", version.major, version.minor);
  return fmt::format("{}.{}.{}", version.major, version.minor, version.patch);
}

std::string_view name(KeyType type) {
  switch (type) {
    case KeyType::Text:
      return "a string";
    case KeyType::Bool:
      return "true or false";
    case KeyType::Integer:
      return "an integer";
    case KeyType::Number:
      return "a number";
    case KeyType::TextList:
      return "a list of strings";
    case KeyType::IntegerList:
      return "a list of integers";
    case KeyType::ObjectList:
      return "a list of objects";
    case KeyType::Object:
      return "an object";
    case KeyType::TextMap:
      return "an object of strings";
    case KeyType::Any:
      break;
  }
  return "any value";
}

bool allows(const Key& key, std::string_view value) {
  std::string_view rest = key.allowed;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, bar) == value) return true;
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return key.allowed.empty();
}

const Key* find_key(const ObjectType& type, std::string_view name) {
  // Most keys of a large file are in no table: two bytes tell nearly all of them apart without a call.
  const auto same = [&](const Key& key) {
    return key.name.size() == name.size() && (name.empty() || key.name.back() == name.back()) && key.name == name;
  };
  const auto found = std::find_if(type.keys.begin(), type.keys.end(), same);
  return found == type.keys.end() ? nullptr : &*found;
}

const ObjectType* find_object(std::span<const ObjectType> types, std::string_view name) {
  const auto found =
      std::find_if(types.begin(), types.end(), [&](const ObjectType& type) { return type.name == name; });
  return found == types.end() ? nullptr : &*found;
}

void collect_objects(const Document& document, const Node& node, const ObjectType& type, std::string path,
                     std::span<const ObjectType> types, std::vector<KnownObject>& out) {
  if (!node.is_map()) return;
  out.push_back({&document, &node, &type, path});
  for (const Member& member : node.members) {
    const Key* key = find_key(type, member.key);
    if (!key || key->object.empty()) continue;
    const ObjectType* below = find_object(types, key->object);
    if (!below) continue;
    const std::string member_path = join_path(path, member.key);
    if (key->type == KeyType::Object) collect_objects(document, member.value, *below, member_path, types, out);
    if (key->type == KeyType::ObjectList) {
      for (std::size_t i = 0; i < member.value.items.size(); ++i)
        collect_objects(document, member.value.items[i], *below, join_path(member_path, i), types, out);
    }
    if (key->type == KeyType::TextMap) {
      for (const Member& entry : member.value.members)
        collect_objects(document, entry.value, *below, join_path(member_path, entry.key), types, out);
    }
  }
}

std::string join_path(std::string_view parent, std::string_view key) {
  if (parent.empty()) return std::string(key);
  std::string result;
  result.reserve(parent.size() + 1 + key.size());
  result += parent;
  result += '.';
  result += key;
  return result;
}

std::string join_path(std::string_view parent, std::size_t index) {
  return fmt::format("{}[{}]", parent, index);
}

}  // namespace tlsward::gateways
