// The tree of one YAML document or JSON file: immutable, every node with its place, nothing thrown away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/source.h"

namespace tlsward {

enum class NodeKind : std::uint8_t {
  Null,
  Bool,
  Number,  // integer or float; the plain text says which
  Text,
  List,
  Map,
};

/// How a scalar stood in the file: a plain YAML `1.1` is a number, `"1.1"` is text.
enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct Member;

/// One value. Copying a Node is shallow: children and scalar text belong to the Document.
struct Node {
  NodeKind kind = NodeKind::Null;
  Style style = Style::Plain;
  /// The value (or part of it) is a template, variable or secret reference: `scalar` is its text as written, the kind
  /// is only what it looks like. A bare template (`"port": {{ .port }}`) is Text, Plain and unresolved.
  bool unresolved = false;
  /// The value was given from outside (`--define`): `scalar` is that value, `where` still the reference in the file.
  bool defined = false;
  /// List or Map: a template may add further items or members that are not seen here; nothing may be called missing.
  bool open = false;
  /// The value itself, quotes included; for Map and List from the first to the last byte that belong to it.
  Span where;
  /// Where an alias or `<<` brought this node in from elsewhere: the place of that `*name`. Else no place.
  Span used_at{};
  /// Decoded text of a scalar (escapes resolved, block scalars unindented); empty for List and Map.
  std::string_view scalar{};
  std::span<const Node> items{};
  std::span<const Member> members{};

  bool is_map() const { return kind == NodeKind::Map; }
  bool is_list() const { return kind == NodeKind::List; }
  bool is_text() const { return kind == NodeKind::Text; }
  bool is_null() const { return kind == NodeKind::Null; }
  bool is_scalar() const { return kind != NodeKind::List && kind != NodeKind::Map; }
  /// The value of the last member called `key` (the one that JSON and YAML loaders keep), or nullptr. Own members win
  /// over merged ones. nullptr also where this is no map.
  const Node* find(std::string_view key) const;
  /// As `find`, but gives the member with the place of its key.
  const Member* find_member(std::string_view key) const;
  /// True for a Bool that is true (`true` in JSON; also `yes`, `on` are text: YAML 1.2).
  bool is_true() const { return kind == NodeKind::Bool && (scalar == "true" || scalar == "True" || scalar == "TRUE"); }
};

struct Member {
  std::string_view key;
  Span key_where;
  Node value{};
  bool merged = false;          // came in through `<<`
  bool key_unresolved = false;  // the key is or holds a template
};

/// A comment of a YAML file, from `#` to the end of its line.
struct Comment {
  Span where;
  std::string_view text;
};

/// A key that stands twice in one map. `Node::find` gives the second.
struct DuplicateKey {
  std::string_view key;
  Span first;
  Span second;
};

enum class Format : std::uint8_t { Json, Yaml };

/// One tree with what belongs to it. Movable; moving keeps all nodes valid. The SourceMap must outlive it.
struct Document {
  FileId file = 0;
  Format format = Format::Json;
  /// Number of this document in its file, from 0 (`---` in YAML starts the next).
  std::size_t index = 0;
  Node root{};
  std::vector<Comment> comments{};
  std::vector<DuplicateKey> duplicates{};
  /// Some scalar is unresolved, or a key may be a placeholder. False only where neither can be: a large file without
  /// any need not be searched for them.
  bool may_hold_unresolved = true;
  /// Holds the children and the decoded texts.
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory{};
};

/// What stopped the parser, and where.
struct SyntaxError {
  Span where;
  std::string message;
};

/// What could be read of one file. With errors, `documents` holds what came before them or could be mended.
struct ReadFile {
  std::vector<Document> documents;
  std::vector<SyntaxError> errors;
};

/// Bounds for hostile input. Each one that is passed becomes a SyntaxError that names it.
struct Limits {
  std::size_t file_bytes = std::size_t{64} << 20;
  std::size_t nesting = 200;
  /// Values of one file; each takes about 100 bytes of memory.
  std::size_t nodes = 10'000'000;
  /// Nodes that all aliases and `<<` of one file may add.
  std::size_t alias_nodes = 10000;
};

/// Gives `change` every scalar of the document to mark or replace, before anybody reads the tree. A replaced `scalar`
/// must be kept with `keep`.
void edit_scalars(Document& document, const std::function<void(Node&)>& change);
/// Copies `text` into the document's memory; the view is valid as long as the document.
std::string_view keep(Document& document, std::string_view text);

/// Calls `visit(node)` for `node` and everything below it, parents first, in file order. Recursion is bounded by
/// Limits::nesting.
template <class Visit>
void walk(const Node& node, const Visit& visit) {
  visit(node);
  for (const Node& item : node.items) walk(item, visit);
  for (const Member& member : node.members) walk(member.value, visit);
}

}  // namespace tlsward
