// The vocabulary of a gateway's configuration as a table: one row a key, with source.
//
// The rows drive the unknown-field and wrong-type rules, the too-new and deprecated rules of a product, and the JSON
// Schema for editors.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"

namespace tlsward::gateways {

/// A product version. 0.0.0 means "from the first" or "never", as the field says.
struct ProductVersion {
  std::uint16_t major = 0, minor = 0, patch = 0;
  friend auto operator<=>(const ProductVersion&, const ProductVersion&) = default;
  bool set() const { return major != 0 || minor != 0 || patch != 0; }
};
/// "2.13" where the patch is 0, else "2.10.2".
std::string name(ProductVersion version);

enum class KeyType : std::uint8_t {
  Text,
  Bool,
  Integer,
  Number,
  TextList,
  IntegerList,
  ObjectList,
  Object,
  TextMap,
  Any
};
/// "a string", "a list of integers": as it stands in a message.
std::string_view name(KeyType type);

/// One key of one object.
struct Key {
  std::string_view name;  // "min_version"
  KeyType type = KeyType::Any;
  std::string_view object = {};   // Object, ObjectList, TextMap of objects: name of the ObjectType of the value
  std::string_view allowed = {};  // "TLS10|TLS11|TLS12": the only values, empty: any
  ProductVersion since = {};      // first version that knows it
  ProductVersion gone = {};       // first version that does not know it any more
  std::string_view note = {};     // "deprecated: use keys"
};

/// An object of the configuration. Closed: every key that is not listed is unknown. Open: other keys belong to parts
/// that are not about TLS, and only near misses of a listed key are suspicious.
struct ObjectType {
  std::string_view name;  // "tls", "client_tls", "http_server_options"
  bool closed = true;
  std::span<const Key> keys;
  std::string_view source;  // page and date the rows were read from
};

/// True where `value` is one of the values that the row allows; any value where it names none.
bool allows(const Key& key, std::string_view value);
/// The row called `name`, or nullptr.
const Key* find_key(const ObjectType& type, std::string_view name);
/// The object type called `name`, or nullptr.
const ObjectType* find_object(std::span<const ObjectType> types, std::string_view name);

/// An object that was found in a document.
struct KnownObject {
  const Document* document = nullptr;
  const Node* node = nullptr;
  const ObjectType* type = nullptr;
  std::string path;  // "tls", "endpoints[0].backend[1].extra_config"; empty for the root
};

/// Adds `node` as an object of type `type` and, by the rows of the table, every object below it. Nodes of another kind
/// than the rows say are passed over (config/wrong-type speaks of them).
void collect_objects(const Document& document, const Node& node, const ObjectType& type, std::string path,
                     std::span<const ObjectType> types, std::vector<KnownObject>& out);

/// "tls" and "keys" give "tls.keys"; an empty parent gives the key alone.
std::string join_path(std::string_view parent, std::string_view key);
std::string join_path(std::string_view parent, std::size_t index);

}  // namespace tlsward::gateways
