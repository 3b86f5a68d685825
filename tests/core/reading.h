// Reading a literal text in a test, and saying what came out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/document.h"
#include "core/json.h"
#include "core/source.h"
#include "core/yaml.h"

namespace tlsward::testing {

/// A text that was read, with what its nodes point into.
struct Reading {
  SourceMap sources;
  FileId file = 0;
  ReadFile read;

  const Node& root(std::size_t document = 0) const { return read.documents.at(document).root; }
  /// The bytes of `span`.
  std::string text(Span span) const { return std::string(sources.text(span)); }
  /// "line:column message" of each error.
  std::vector<std::string> errors() const {
    std::vector<std::string> all;
    for (const SyntaxError& error : read.errors) {
      const Position position = sources.position(file, error.where.begin);
      all.push_back(std::to_string(position.line) + ":" + std::to_string(position.column) + " " + error.message);
    }
    return all;
  }
};

inline Reading json(std::string text, const Limits& limits = {}) {
  Reading reading;
  reading.file = reading.sources.add("test.json", std::move(text));
  reading.read = read_json(reading.sources, reading.file, limits);
  return reading;
}

inline Reading yaml(std::string text, const Limits& limits = {}) {
  Reading reading;
  reading.file = reading.sources.add("test.yaml", std::move(text));
  reading.read = read_yaml(reading.sources, reading.file, limits);
  return reading;
}

/// A tree as one line: `{a: 1, b: ["x", null]}`. Texts stand in double quotes, `~` marks an unresolved node, `+` an
/// open container, `^` a merged member.
inline std::string shape(const Node& node) {
  std::string out = node.unresolved ? "~" : "";
  if (node.is_text()) return out + "\"" + std::string(node.scalar) + "\"";
  if (node.is_null()) return out + "null";
  if (node.is_scalar()) return out + std::string(node.scalar);
  out += node.open ? "+" : "";
  std::string inner;
  for (const Node& item : node.items) inner += (inner.empty() ? "" : ", ") + shape(item);
  for (const Member& member : node.members) {
    inner += (inner.empty() ? "" : ", ") + std::string(member.merged ? "^" : "") + (member.key_unresolved ? "~" : "") +
             std::string(member.key) + ": " + shape(member.value);
  }
  return out + (node.is_map() ? "{" : "[") + inner + (node.is_map() ? "}" : "]");
}

/// True where every span of the tree lies inside that of its parent; nodes that an alias brought in lie where it
/// stands.
inline bool spans_nest(const Node& node) {
  const auto inside = [&node](const Node& child) {
    const Span place = child.used_at.known() ? child.used_at : child.where;
    return node.where.contains(place) || node.used_at.known();
  };
  for (const Node& item : node.items) {
    if (!inside(item) || !spans_nest(item)) return false;
  }
  for (const Member& member : node.members) {
    if (!member.merged && !node.where.contains(member.key_where)) return false;
    if ((!member.merged && !inside(member.value)) || !spans_nest(member.value)) return false;
  }
  return node.where.begin <= node.where.end;
}

}  // namespace tlsward::testing
