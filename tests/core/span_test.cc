// Properties of places, on documents made up with a fixed seed.
#include <string>

#include "tests/catch.h"
#include "tests/core/generated_documents.h"
#include "tests/core/reading.h"

namespace tlsward {
namespace {

using testing::Generator;
using testing::Reading;
using testing::shape;
using testing::Value;

/// The tree that `value` should be read as, spelt like testing::shape().
std::string expected_shape(const Value& value) {
  std::string inner;
  for (std::size_t i = 0; i < value.children.size(); ++i) {
    inner += inner.empty() ? "" : ", ";
    if (value.kind == Value::Kind::Map) inner += value.keys[i] + ": ";
    inner += expected_shape(value.children[i]);
  }
  switch (value.kind) {
    case Value::Kind::Text:
      return "\"" + value.scalar + "\"";
    case Value::Kind::List:
      return "[" + inner + "]";
    case Value::Kind::Map:
      return "{" + inner + "}";
    default:
      return value.scalar;
  }
}

/// The bytes of a node as a text of its own. Later lines of a block keep their indentation, so the first one gets it
/// too; the line break that ends a block scalar is not in its span.
std::string alone(const Reading& reading, const Node& node) {
  const std::size_t column = reading.sources.position(reading.file, node.where.begin).column - 1;
  const bool block_scalar = node.style == Style::Literal || node.style == Style::Folded;
  const std::string margin(block_scalar ? 0 : column, ' ');
  return margin + reading.text(node.where) + "\n";
}

template <class Read>
void check_each_node_alone(const Reading& reading, const Read& read) {
  walk(reading.root(), [&](const Node& node) {
    if (node.where.begin == node.where.end) return;  // a null that is not written
    const Reading again = read(alone(reading, node));
    if (!again.errors().empty() || again.read.documents.size() != 1 || shape(again.root()) != shape(node)) {
      INFO("node:\n" << alone(reading, node));
      CHECK(again.errors().empty());
      REQUIRE(again.read.documents.size() == 1);
      CHECK(shape(again.root()) == shape(node));
    }
  });
}

TEST_CASE("spans: each JSON node read alone is the same node, and lies inside its parent") {
  Generator generator(1);
  for (int i = 0; i < 400; ++i) {
    const Value value = generator.value(4);
    const std::string text = generator.json(value);
    const Reading reading = testing::json(text);
    INFO(text);
    REQUIRE(reading.errors().empty());
    REQUIRE(shape(reading.root()) == expected_shape(value));
    REQUIRE(testing::spans_nest(reading.root()));
    check_each_node_alone(reading, [](std::string part) { return testing::json(std::move(part)); });
  }
}

TEST_CASE("spans: each YAML node read alone is the same node, and lies inside its parent") {
  Generator generator(2);
  for (int i = 0; i < 400; ++i) {
    const Value value = generator.value(4);
    const std::string text = generator.yaml(value);
    const Reading reading = testing::yaml(text);
    INFO(text);
    REQUIRE(reading.errors().empty());
    REQUIRE(reading.read.documents.size() == 1);
    REQUIRE(shape(reading.root()) == expected_shape(value));
    REQUIRE(testing::spans_nest(reading.root()));
    check_each_node_alone(reading, [](std::string part) { return testing::yaml(std::move(part)); });
  }
}

TEST_CASE("spans: JSON read as YAML gives the same tree") {
  Generator generator(3);
  for (int i = 0; i < 200; ++i) {
    const Value value = generator.map(4);
    const Reading reading = testing::yaml(generator.json(value));
    REQUIRE(reading.errors().empty());
    CHECK(shape(reading.root()) == expected_shape(value));
  }
}

TEST_CASE("spans: key places hold the keys") {
  Generator generator(4);
  for (int i = 0; i < 200; ++i) {
    const Reading reading = testing::yaml(generator.yaml(generator.map(3)));
    REQUIRE(reading.errors().empty());
    walk(reading.root(), [&](const Node& node) {
      for (const Member& member : node.members) {
        const Reading key = testing::yaml(reading.text(member.key_where));
        REQUIRE(key.errors().empty());
        CHECK(key.root().scalar == member.key);
      }
    });
  }
}

}  // namespace
}  // namespace tlsward
