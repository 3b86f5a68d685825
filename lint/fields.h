// The values of those keys that a gateway's key tables list.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/document.h"
#include "gateways/key.h"
#include "lint/rule.h"

namespace tlsward::lint {

/// Where a value stands: in which object, under which key, and (in a list or a map of texts) as which entry.
struct FieldPlace {
  const gateways::KnownObject* object = nullptr;
  const Member* member = nullptr;
  const gateways::Key* row = nullptr;  // nullptr for a key that a closed object does not list
  std::optional<std::size_t> index;
  std::string_view entry = {};

  /// "tls.keys[0].public_key".
  std::string path() const;
};

/// Calls `visit` for every scalar that is the value of a listed key, an item of its list or an entry of its map; of a
/// closed object for those of other keys too. In file order of the objects. Only documents that may hold an unresolved
/// value are searched: whoever calls looks for references and placeholders.
void for_each_unresolved(const InputSet& set, const std::function<void(const Node&, const FieldPlace&)>& visit);

/// The place to point at: the value, or the alias that stands for it.
Span place_of(const Node& value);

/// A word as the file of `where` writes it: JSON has it in quotes.
std::string spelled(std::string_view word, Span where, const Reporter& out);

/// A value as it stands in a message: in quotes where it is text, cut after 60 bytes; "a value that is not shown" where
/// it may be a secret, judged by the value and the key's name.
std::string shown(const Node& value, std::string_view key);

}  // namespace tlsward::lint
