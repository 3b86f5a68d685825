#include "lint/edit.h"

#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/yaml.h"
#include "tests/catch.h"

using namespace tlsward;
using lint::apply_edits;

namespace {

/// A text that was read, and ways into it.
class Text {
 public:
  explicit Text(const std::string& text) {
    const FileId file = sources_.add("file", text);
    const bool json = !text.empty() && (text.front() == '{' || text.front() == '[');
    read_ = json ? read_json(sources_, file) : read_yaml(sources_, file);
    REQUIRE(read_.errors.empty());
    REQUIRE(read_.documents.size() == 1);
  }

  /// Follows keys from the root; a number is an index.
  const Node& at(const std::vector<std::string>& path) const {
    const Node* node = &read_.documents[0].root;
    for (const std::string& step : path) {
      node = node->is_list() ? &node->items[std::stoul(step)] : node->find(step);
      REQUIRE(node);
    }
    return *node;
  }

  std::string without(const std::vector<std::vector<std::string>>& paths) const {
    std::vector<Span> spans;
    for (const auto& path : paths) spans.push_back(at(path).where);
    const auto edits = lint::removal(sources_.text(1), read_.documents[0], spans);
    if (!edits) return "no fix";
    return apply_edits(sources_.text(1), *edits).value_or("overlap");
  }

  std::string with(const std::vector<std::string>& path, const std::string& key, const std::string& value) const {
    const auto edit = lint::insertion(sources_.text(1), read_.documents[0], at(path).where, key, value);
    if (!edit) return "no fix";
    return apply_edits(sources_.text(1), {*edit}).value_or("overlap");
  }

 private:
  SourceMap sources_;
  ReadFile read_;
};

}  // namespace

TEST_CASE("edits are made from the front whatever their order, and never overlap") {
  CHECK(apply_edits("abcdef", {{{1, 4, 5}, "E"}, {{1, 0, 1}, "A"}, {{1, 2, 2}, "-"}}) == "Ab-cdEf");
  CHECK(apply_edits("abc", {{{1, 3, 3}, "1"}, {{1, 3, 3}, "2"}}) == "abc12");
  CHECK_FALSE(apply_edits("abcdef", {{{1, 0, 3}, ""}, {{1, 2, 4}, ""}}).has_value());
  CHECK_FALSE(apply_edits("abc", {{{1, 2, 4}, ""}}).has_value());
}

TEST_CASE("items of a JSON list go with one comma") {
  const std::string one_line = R"({"a": [1, 2, 3]})";
  CHECK(Text(one_line).without({{"a", "0"}}) == R"({"a": [2, 3]})");
  CHECK(Text(one_line).without({{"a", "1"}}) == R"({"a": [1, 3]})");
  CHECK(Text(one_line).without({{"a", "2"}}) == R"({"a": [1, 2]})");
  CHECK(Text(one_line).without({{"a", "0"}, {"a", "2"}}) == R"({"a": [2]})");
  CHECK(Text(one_line).without({{"a", "2"}, {"a", "1"}}) == R"({"a": [1]})");
  CHECK(Text(one_line).without({{"a", "0"}, {"a", "1"}, {"a", "2"}}) == R"({"a": []})");
}

TEST_CASE("items of a JSON list on lines of their own go with the line") {
  const std::string lines = "{\"a\": [\n  1,\n  2,\n  3\n]}";
  CHECK(Text(lines).without({{"a", "0"}}) == "{\"a\": [\n  2,\n  3\n]}");
  CHECK(Text(lines).without({{"a", "1"}}) == "{\"a\": [\n  1,\n  3\n]}");
  CHECK(Text(lines).without({{"a", "2"}}) == "{\"a\": [\n  1,\n  2\n]}");
  CHECK(Text("{\"a\": [\r\n  1,\r\n  2\r\n]}").without({{"a", "0"}}) == "{\"a\": [\r\n  2\r\n]}");
}

TEST_CASE("members of a JSON object go with their key") {
  const std::string text = "{\n  \"a\": {\"x\": 1},\n  \"b\": [1, 2],\n  \"c\": null\n}\n";
  CHECK(Text(text).without({{"a"}}) == "{\n  \"b\": [1, 2],\n  \"c\": null\n}\n");
  CHECK(Text(text).without({{"b"}}) == "{\n  \"a\": {\"x\": 1},\n  \"c\": null\n}\n");
  CHECK(Text(text).without({{"c"}}) == "{\n  \"a\": {\"x\": 1},\n  \"b\": [1, 2]\n}\n");
  CHECK(Text(text).without({{"a", "x"}}) == "{\n  \"a\": {},\n  \"b\": [1, 2],\n  \"c\": null\n}\n");
}

TEST_CASE("nothing is removed from a list that a template may add to") {
  CHECK(Text(R"({"a": [1, {{ range .x }}2{{ end }}, 3]})").without({{"a", "0"}}) == "no fix");
}

TEST_CASE("a null is replaced where its key is to be added, and no key is written twice") {
  CHECK(Text(R"({"a": {"x": null, "y": 1}})").with({"a"}, "x", "true") == R"({"a": {"x": true, "y": 1}})");
  CHECK(Text(R"({"a": {"x": false}})").with({"a"}, "x", "true") == "no fix");
  CHECK(Text("a:\n  y: 1\n  x: ~ # off\n").with({"a"}, "x", "true") == "a:\n  y: 1\n  x: true # off\n");
  CHECK(Text("a:\n  x:\n  y: 1\n").with({"a"}, "x", "true") == "a:\n  x: true\n  y: 1\n");
  CHECK(Text("a:\n  x: \n").with({"a"}, "x", "true") == "a:\n  x: true \n");
  CHECK(Text("a:\n  x: # off\n").with({"a"}, "x", "true") == "a:\n  x: true # off\n");
  CHECK(Text("b: &b {x: null}\na:\n  <<: *b\n  y: 1\n").with({"a"}, "x", "true") ==
        "b: &b {x: null}\na:\n  <<: *b\n  x: true\n  y: 1\n");
}

TEST_CASE("items of a YAML block list go with their lines and comments") {
  const std::string text = "a:\n  - x # about x\n  # about y\n  - y\n  - z\nb: 1\n";
  CHECK(Text(text).without({{"a", "0"}}) == "a:\n  # about y\n  - y\n  - z\nb: 1\n");
  CHECK(Text(text).without({{"a", "1"}}) == "a:\n  - x # about x\n  # about y\n  - z\nb: 1\n");
  CHECK(Text(text).without({{"a", "2"}}) == "a:\n  - x # about x\n  # about y\n  - y\nb: 1\n");
  CHECK(Text(text).without({{"a", "0"}, {"a", "2"}}) == "a:\n  # about y\n  - y\nb: 1\n");
}

TEST_CASE("a YAML block list that loses all items becomes an empty list") {
  CHECK(Text("a: # list\n  - x\n  - y\nb: 1\n").without({{"a", "0"}, {"a", "1"}}) == "a: [] # list\nb: 1\n");
  CHECK(Text("a:\n- x\nb: 1\n").without({{"a", "0"}}) == "a: []\nb: 1\n");
}

TEST_CASE("members of a YAML block map go with all their lines") {
  const std::string text = "a:\n  k: |\n    one\n    two\n  l: # note\n    m: 1\n  n: 2";
  CHECK(Text(text).without({{"a", "k"}}) == "a:\n  l: # note\n    m: 1\n  n: 2");
  CHECK(Text(text).without({{"a", "l"}}) == "a:\n  k: |\n    one\n    two\n  n: 2");
  CHECK(Text(text).without({{"a", "n"}}) == "a:\n  k: |\n    one\n    two\n  l: # note\n    m: 1\n");
  CHECK(Text(text).without({{"a", "l", "m"}}) == "a:\n  k: |\n    one\n    two\n  l: {} # note\n  n: 2");
}

TEST_CASE("the first member of a list item leaves the dash to the second") {
  CHECK(Text("- a: 1 # one\n  b: 2\n- c: 3\n").without({{"0", "a"}}) == "- b: 2\n- c: 3\n");
  CHECK(Text("- a: 1\n  b: 2\n").without({{"0", "b"}}) == "- a: 1\n");
  CHECK(Text("x:\n- a: 1\n").without({{"x", "0", "a"}}) == "x:\n- {}\n");
}

TEST_CASE("a YAML item that is a map goes as a whole") {
  CHECK(Text("x:\n  - a: 1\n    b: 2\n  - c: 3\n").without({{"x", "0"}}) == "x:\n  - c: 3\n");
}

TEST_CASE("members whose value is absent go too") {
  CHECK(Text("a:\nb: 1\n").without({{"a"}}) == "b: 1\n");
}

TEST_CASE("items of a YAML flow list go with comma and comment") {
  CHECK(Text("a: [x, y]\n").without({{"a", "0"}}) == "a: [y]\n");
  CHECK(Text("a: [x, y] # both\n").without({{"a", "1"}}) == "a: [x] # both\n");
  CHECK(Text("a: [\n  x, # about x\n  y # about y\n]\n").without({{"a", "0"}}) == "a: [\n  y # about y\n]\n");
  CHECK(Text("a: [\n  x, # about x\n  y # about y\n]\n").without({{"a", "1"}}) == "a: [\n  x, # about x\n]\n");
  CHECK(Text("a: {x: 1, y: 2}\n").without({{"a", "x"}}) == "a: {y: 2}\n");
  CHECK(Text("a: {x: 1, y: 2, # both\n  z: 3}\n").without({{"a", "y"}}) == "a: {x: 1, # both\n  z: 3}\n");
  CHECK(Text("a: {x: 1, y: 2,\n  z: 3}\n").without({{"a", "y"}}) == "a: {x: 1,\n  z: 3}\n");
  CHECK(Text("a: {x: 1, y: 2 # both\n  }\n").without({{"a", "y"}}) == "a: {x: 1 # both\n  }\n");
  const std::string lines = "a: [\n  # one\n  x, # about x\n  # two\n  y, # about y\n  z\n]\n";
  CHECK(Text(lines).without({{"a", "0"}, {"a", "1"}}) == "a: [\n  # one\n  # two\n  z\n]\n");
  CHECK(Text(lines).without({{"a", "1"}, {"a", "2"}}) == "a: [\n  # one\n  x, # about x\n  # two\n]\n");
  CHECK(Text(lines).without({{"a", "0"}, {"a", "1"}, {"a", "2"}}) == "a: [\n  # one\n  # two\n]\n");
  CHECK(Text("a: [x, # about x\n  # two\n  y]\n").without({{"a", "0"}, {"a", "1"}}) == "no fix");
  CHECK(Text("a: [&k x, *k]\n").without({{"a", "0"}}) == "no fix");
}

TEST_CASE("a member is added in front of the others, laid out as they are") {
  CHECK(Text(R"({"a": {"x": 1}})").with({"a"}, "k", "true") == R"({"a": {"k": true, "x": 1}})");
  CHECK(Text(R"({"a": {}})").with({"a"}, "k", "true") == R"({"a": {"k": true}})");
  CHECK(Text("{\n  \"x\": 1\n}").with({}, "k", "\"v\"") == "{\n  \"k\": \"v\",\n  \"x\": 1\n}");
  CHECK(Text("a:\n  x: 1\n").with({"a"}, "k", "v") == "a:\n  k: v\n  x: 1\n");
  CHECK(Text("- x: 1\n  y: 2\n").with({"0"}, "k", "v") == "- k: v\n  x: 1\n  y: 2\n");
  CHECK(Text("a: {x: 1}\n").with({"a"}, "k", "v") == "a: {k: v, x: 1}\n");
  CHECK(Text("a: {}\n").with({"a"}, "k", "v") == "a: {k: v}\n");
  CHECK(Text("a:\r\n  x: 1\r\n").with({"a"}, "k", "v") == "a:\r\n  k: v\r\n  x: 1\r\n");
}

TEST_CASE("a tag goes with the value that it was for, and an anchor stays") {
  const auto replaced = [](const std::string& text, const std::string& old) {
    const auto begin = static_cast<std::uint32_t>(text.find(old));
    const Span where{1, begin, begin + static_cast<std::uint32_t>(old.size())};
    return apply_edits(text, {lint::replacement(text, where, "\"new\"")}).value_or("overlap");
  };
  CHECK(replaced("a: !!float 1.2 # why\n", "1.2") == "a: \"new\" # why\n");
  CHECK(replaced("a: !<tag:yaml.org,2002:float> 1.2\n", "1.2") == "a: \"new\"\n");
  CHECK(replaced("a: &x !!float 1.2\n", "1.2") == "a: &x \"new\"\n");
  CHECK(replaced("a: !!float &x 1.2\n", "1.2") == "a: &x \"new\"\n");
  CHECK(replaced("a: &x 1.2\n", "1.2") == "a: &x \"new\"\n");
  CHECK(replaced("[!!int 1, 2]\n", "1") == "[\"new\", 2]\n");
  CHECK(replaced("a: !!float\n  1.2\n", "1.2") == "a: \"new\"\n");
  CHECK(replaced("a: !secret 1.2\n", "1.2") == "a: !secret \"new\"\n");
  CHECK(replaced("{\"a\": 1.2}", "1.2") == "{\"a\": \"new\"}");
  CHECK(replaced("1.2", "1.2") == "\"new\"");
  const auto filled = [](const std::string& text) {
    const auto end = static_cast<std::uint32_t>(text.size());
    return apply_edits(text, {lint::replacement(text, {1, end, end}, "\"new\"")}).value_or("overlap");
  };
  CHECK(filled("a:") == "a: \"new\"");
  CHECK(filled("a: &x") == "a: &x \"new\"");
  CHECK(filled("a: !!null") == "a: \"new\"");
  CHECK(filled("a: &x !!null") == "a: &x \"new\"");
}
