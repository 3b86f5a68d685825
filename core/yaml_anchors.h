// Anchors, aliases and `<<` of a YAML document.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/tree_builder.h"

namespace tlsward {

/// Nodes that the aliases of one file have added so far.
struct AliasBudget {
  std::size_t limit = 0;
  std::size_t used = 0;
  bool exceeded = false;
};

/// The nodes of one document that have an anchor, by the number that the parser gave it (from 1; 0 is no anchor).
class AnchorTable {
 public:
  explicit AnchorTable(AliasBudget& budget) : budget_(budget) {}

  /// Makes `value` what aliases of `anchor` stand for.
  void remember(std::size_t anchor, const Closed& value);

  /// What the alias at `where`, written as `written`, stands for: a shallow copy. An unresolved text where there is
  /// none; the reason is then added to `errors`, that of the limit only once.
  Closed copy(std::size_t anchor, Span where, std::string_view written, std::vector<SyntaxError>& errors);

 private:
  AliasBudget& budget_;
  std::vector<std::optional<Closed>> nodes_;
};

/// The members of a map after each of its `<<` was replaced by what it brings in.
struct MergedMembers {
  std::vector<Member> members;
  bool open = false;  // one of the maps brought in is open or unknown
};

/// Applies the `<<` of `members` (https://yaml.org/type/merge.html, 2005-01-18): own keys win, then the map named
/// first. A `<<` in quotes, or one whose value is no map nor list of maps, stays as it is. `text` is that of the file.
MergedMembers merged(std::span<const Member> members, std::string_view text);

}  // namespace tlsward
