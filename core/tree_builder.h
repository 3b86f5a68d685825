// Puts a document together from the events of a parser; shared by the readers of JSON and YAML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/document.h"

namespace tlsward {

/// A container that was closed, and the number of its nodes.
struct Closed {
  Node node;
  std::size_t size = 1;
};

/// How a container comes to its end.
enum class Ending : std::uint8_t {
  Whole,
  Templated,  // a template may add to it: it is open, and keys that stand twice in it may stand in different branches
  CutOff,     // the file is broken further on: it is open, and unresolved where nothing of it was seen
};

/// Children wait on two stacks and move as one array into the memory of the document when their container closes, so a
/// container costs one allocation however many children it has.
class TreeBuilder {
 public:
  /// `document` receives the root, the duplicates and the memory; it must stay where it is while this builder lives.
  /// `first_block_bytes` is the size of the first piece of memory that is taken.
  TreeBuilder(Document& document, std::size_t first_block_bytes);

  /// Opens a list or a map; `shell` says which, and what is known of it so far. With `as_key` it will be no value: the
  /// caller makes a key of what close() gives.
  void open(const Node& shell, bool as_key = false);
  /// The key of the next member. Only directly inside a map.
  void key(const Member& shell);
  /// A finished value: an item, the value of the last key, or the root. `size` is the number of its nodes, itself and
  /// what aliases brought in included.
  void value(const Node& node, std::size_t size = 1);
  /// Closes the innermost container, which ends at `end`, and makes it a value.
  Closed close(std::uint32_t end, Ending ending = Ending::Whole);
  /// Closes all containers at `end` as open ones: what a broken file still has to say. A key without value is dropped.
  void abandon(std::uint32_t end);

  /// Number of values that were added.
  std::size_t nodes() const { return nodes_; }
  /// Number of containers that are open.
  std::size_t depth() const { return frames_.size(); }
  /// The innermost open container, its children not in it yet. Only where depth() > 0.
  Node& top() { return frames_.back().node; }
  const Node& top() const { return frames_.back().node; }
  /// True directly inside a map after a key that has no value yet.
  bool awaits_value() const { return !frames_.empty() && frames_.back().awaits_value; }
  /// The key that awaits its value. Only where awaits_value().
  const Member& pending_key() const { return members_.back(); }
  /// The members of the innermost container, a map, so far.
  std::span<const Member> pending_members() const;
  /// Puts `members` in the place of pending_members().
  void replace_members(std::span<const Member> members);
  /// Forgets the value that was added last, a scalar, where it was not what it seemed.
  void drop_last_value();
  /// True once the root is complete.
  bool has_root() const { return has_root_; }
  /// Copies `text` into the memory of the document.
  std::string_view keep(std::string_view text);

 private:
  struct Frame {
    Node node;
    std::size_t first_child = 0;
    std::size_t size = 1;
    bool awaits_value = false;
    bool as_key = false;
  };

  void note_duplicates(std::span<const Member> members);
  void note_duplicates_of_many(std::span<const Member> members);

  Document& document_;
  std::vector<Frame> frames_;
  std::vector<Node> items_;
  std::vector<Member> members_;
  std::vector<std::uint32_t> table_;
  std::size_t nodes_ = 0;
  bool has_root_ = false;
};

}  // namespace tlsward
