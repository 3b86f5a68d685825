#include "core/yaml.h"

#include <string>

#include "tests/catch.h"
#include "tests/core/reading.h"

namespace tlsward {
namespace {

using testing::shape;
using testing::yaml;

std::string only_error(const std::string& text) {
  const auto errors = yaml(text).errors();
  return errors.size() == 1 ? errors[0] : std::to_string(errors.size()) + " errors";
}

/// The first document, which must be without errors.
std::string tree(const std::string& text) {
  const auto reading = yaml(text);
  return reading.errors().empty() && reading.read.documents.size() == 1 ? shape(reading.root()) : "broken";
}

/// The bytes of the value of the first member called `key` at the top.
std::string value_text(const std::string& text, std::string_view key) {
  const auto reading = yaml(text);
  return reading.text(reading.root().find(key)->where);
}

TEST_CASE("yaml: block maps and lists are read") {
  CHECK(tree("a: 1\nb:\n- x\n- y: 2\n  z: 3\nc:\n  d: {e: [f, \"g\"]}\n") ==
        R"({a: 1, b: ["x", {y: 2, z: 3}], c: {d: {e: ["f", "g"]}}})");
}

TEST_CASE("yaml: plain scalars follow the core schema") {
  CHECK(tree("[null, ~, Null, true, FALSE, 1, 0x1F, 0o17, 1.1, .5, 1e3, .inf, -.INF, .nan]") ==
        "[null, null, null, true, FALSE, 1, 0x1F, 0o17, 1.1, .5, 1e3, .inf, -.INF, .nan]");
  const auto reading = yaml("[~, true, 0x1F, 0o17, 1.1, yes, 1_000, 0x, 1.2.3, \"1.1\", '~', +12, 1.]");
  const std::vector<NodeKind> kinds = {NodeKind::Null,   NodeKind::Bool, NodeKind::Number, NodeKind::Number,
                                       NodeKind::Number, NodeKind::Text, NodeKind::Text,   NodeKind::Text,
                                       NodeKind::Text,   NodeKind::Text, NodeKind::Text,   NodeKind::Number,
                                       NodeKind::Number};
  REQUIRE(reading.root().items.size() == kinds.size());
  for (std::size_t i = 0; i < kinds.size(); ++i) CHECK(reading.root().items[i].kind == kinds[i]);
}

TEST_CASE("yaml: an explicit tag decides the kind") {
  const auto reading = yaml("a: !!str 12\nb: !!int \"5\"\nc: ! 7\nd: !!float x\ne: !custom 1\nf: !!str\n");
  REQUIRE(reading.errors().empty());
  CHECK(reading.root().find("a")->kind == NodeKind::Text);
  CHECK(reading.root().find("b")->kind == NodeKind::Number);
  CHECK(reading.root().find("c")->kind == NodeKind::Text);
  CHECK(reading.root().find("d")->kind == NodeKind::Text);
  CHECK(reading.root().find("e")->kind == NodeKind::Text);
  CHECK(reading.root().find("f")->kind == NodeKind::Text);
  CHECK(reading.text(reading.root().find("a")->where) == "12");
}

TEST_CASE("yaml: styles are recorded") {
  const auto reading = yaml("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >\n  x\n");
  CHECK(reading.root().find("a")->style == Style::Plain);
  CHECK(reading.root().find("b")->style == Style::SingleQuoted);
  CHECK(reading.root().find("c")->style == Style::DoubleQuoted);
  CHECK(reading.root().find("d")->style == Style::Literal);
  CHECK(reading.root().find("e")->style == Style::Folded);
}

TEST_CASE("yaml: a scalar ends where its text ends") {
  CHECK(value_text("a: one two  # comment\n", "a") == "one two");
  CHECK(value_text("a: http://x:80/#y\n", "a") == "http://x:80/#y");
  CHECK(value_text("a: one\n  two\n\n  three\nb: 1\n", "a") == "one\n  two\n\n  three");
  CHECK(value_text("a: 'it''s # no' # c\n", "a") == "'it''s # no'");
  CHECK(value_text("a: \"x \\\" y\" # c\n", "a") == "\"x \\\" y\"");
  CHECK(value_text("{a: x, b: y}", "a") == "x");
  CHECK(value_text("a: &n !!str x\n", "a") == "x");
  CHECK(value_text("a: h\xC3\xA9\r\nb: 1\r\n", "a") == "h\xC3\xA9");
}

TEST_CASE("yaml: a block scalar ends with its last line") {
  CHECK(value_text("a: |\n  x\n  y\n\n\nb: 1\n", "a") == "|\n  x\n  y");
  CHECK(value_text("a: |+\n  x\n\n\nb: 1\n", "a") == "|+\n  x\n\n");
  CHECK(value_text("a: >-  # folded\n  x\n   y\nb: 1\n", "a") == ">-  # folded\n  x\n   y");
  CHECK(value_text("a: |2\n   x\n  y\nb: 1\n", "a") == "|2\n   x\n  y");
  CHECK(value_text("a: |\n  x\n # less\nb: 1\n", "a") == "|\n  x");
  CHECK(value_text("a: |\r\n  x\r\n  y\r\nb: 1\r\n", "a") == "|\r\n  x\r\n  y");
  CHECK(value_text("a: |\nb: 1\n", "a") == "|");
  CHECK(value_text("a: |\n  x", "a") == "|\n  x");
  CHECK(tree("a: |\n  x\n   y\n\nb: >-\n  p\n  q\n") == "{a: \"x\n y\n\", b: \"p q\"}");
}

TEST_CASE("yaml: a value that is not written has a place of its own") {
  const auto reading = yaml("a:\nb: \nc: null\nnull: 1\nlist:\n-\n- ~\n-\nflow: {x: , y}\n");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) ==
        "{a: null, b: null, c: null, null: 1, list: [null, null, null], flow: {x: null, y: null}}");
  CHECK(reading.root().find("a")->where == Span{reading.file, 2, 2});
  CHECK(reading.root().find("b")->where == Span{reading.file, 5, 5});
  CHECK(reading.text(reading.root().find("c")->where) == "null");
  CHECK(reading.root().find("list")->items[1].where.end - reading.root().find("list")->items[1].where.begin == 1);
  CHECK(testing::spans_nest(reading.root()));
}

TEST_CASE("yaml: containers reach from their first to their last byte") {
  const std::string text = "a:\n  b: 1 # c\n  c:\n    - x\n    - y   # d\n\n# e\nf: {g: [1, 2] , }  # h\n";
  CHECK(value_text(text, "a") == "b: 1 # c\n  c:\n    - x\n    - y");
  CHECK(value_text(text, "f") == "{g: [1, 2] , }");
}

TEST_CASE("yaml: keys may be of any kind") {
  CHECK(tree("1: a\n'b c': d\n? [x, y]\n: z\n? q\n") == R"({1: "a", b c: "d", [x, y]: "z", q: null})");
}

TEST_CASE("yaml: comments are kept with their places") {
  const auto reading = yaml("# top\na: 1 # one\nb: \"# no\"\nc: |  # header\n  # no\n# end\n");
  const auto& comments = reading.read.documents.at(0).comments;
  REQUIRE(comments.size() == 4);
  CHECK(comments[0].text == "# top");
  CHECK(comments[1].text == "# one");
  CHECK(comments[2].text == "# header");
  CHECK(comments[3].text == "# end");
  CHECK(reading.text(comments[1].where) == "# one");
}

TEST_CASE("yaml: a number sign inside a word starts no comment") {
  CHECK(yaml("a: b#c\n&x#y d: e\n").read.documents.at(0).comments.empty());
}

TEST_CASE("yaml: documents are told apart and numbered") {
  const auto reading = yaml("# first\n---\na: 1\n...\n---\n# nothing\n---\nb: 2\n--- text\n");
  REQUIRE(reading.read.documents.size() == 3);
  CHECK(shape(reading.root(0)) == "{a: 1}");
  CHECK(shape(reading.root(1)) == "{b: 2}");
  CHECK(shape(reading.root(2)) == "\"text\"");
  CHECK(reading.read.documents[2].index == 2);
  CHECK(reading.read.documents[0].comments.size() == 1);
}

TEST_CASE("yaml: a broken document does not stop those after it") {
  const auto reading = yaml("a: 1\n---\nb: [1\n---\nc: \"x\n---\nd: 4\n");
  REQUIRE(reading.errors().size() == 2);
  REQUIRE(reading.read.documents.size() == 4);
  CHECK(shape(reading.root(0)) == "{a: 1}");
  CHECK(shape(reading.root(3)) == "{d: 4}");
  CHECK(reading.read.documents[3].index == 3);
}

TEST_CASE("yaml: what stands before an error is kept, in open containers") {
  CHECK(shape(yaml("a: 1\nb:\n  c: 2\n  d: @x\ne: 3\n").root()) == "+{a: 1, b: +{c: 2}}");
  CHECK(shape(yaml("a: 1\nb:\n\tc: 2\n").root()) == "+{a: 1, b: ~null}");
}

TEST_CASE("yaml: a quote that is not closed is reported where it opens") {
  CHECK(only_error("a: \"x\nb: 2\n") == "1:4 double-quoted text is not closed, expected \" before the document ends");
  CHECK(only_error("a: 'x\nb: 2\n") == "1:4 single-quoted text is not closed, expected ' before the document ends");
  CHECK(only_error("a: \"x\nb: \"y\"\n") == "1:4 double-quoted text is not closed, expected \" before the line ends");
}

TEST_CASE("yaml: a tab used for indentation is an error at the tab") {
  CHECK(only_error("a:\n\tb: 1\n") == "2:1 found a tab used for indentation, expected spaces");
  CHECK(only_error("a:\n  \tb: 1\n") == "2:3 found a tab used for indentation, expected spaces");
  CHECK(only_error("a:\n  - b\n\t- c\n") == "3:1 found a tab used for indentation, expected spaces");
}

TEST_CASE("yaml: tabs that indent nothing are fine") {
  CHECK(tree("a:\t1\n\t\n\t# comment\nb:\t2 \t# x\n") == "{a: 1, b: 2}");
  CHECK(tree("{\n\t\"a\": 1,\n\tb: [\n\t\t2\n\t]\n}\n") == "{a: 1, b: [2]}");
  CHECK(tree("a: |\n  x\n  \ty\n") == "{a: \"x\n\ty\n\"}");
}

TEST_CASE("yaml: other errors say what was found and where") {
  CHECK(only_error("a: b: c\n") ==
        "1:5 found ':' where no value may start; check the indentation, or put a text that holds ': ' in quotes");
  CHECK(only_error("a: @x\n") ==
        "1:4 found '@', which starts no value; expected quotes round a text that starts with it");
  CHECK(only_error("a:\n  - 1\n b: 2\n") ==
        "3:2 found 'b' where a key of the map was expected; check the indentation and the quotes");
  CHECK(only_error("[1, 2}") == "1:6 found '}', expected the bracket that closes what was opened last");
  CHECK(only_error("a: \"\\q\"\n") ==
        "1:7 unknown escape in a double-quoted text, expected one that YAML knows or \\\\");
  CHECK(only_error("- a\nb: c\n") == "2:1 found more after the end of the document, expected '---' or nothing");
  CHECK(only_error("") == "1:1 file is empty");
  CHECK(only_error("# only\n---\n# comments\n") == "1:1 file is empty, it holds comments only");
}

TEST_CASE("yaml: what is no text is an error, and the rest is read") {
  CHECK(only_error("a: b\x01\n") == "1:5 found control character U+0001, expected text");
  const auto reading = yaml("a: 1\nb: \xFF\n---\nc: 2\n");
  REQUIRE(reading.errors().size() == 1);
  CHECK(reading.errors()[0] == "2:4 found byte 0xFF, expected UTF-8");
  CHECK(shape(reading.root(0)) == "+{a: 1}");
  CHECK(shape(reading.root(1)) == "{c: 2}");
  CHECK(only_error(std::string("a: \0b", 5)) == "1:4 file is binary (it holds a NUL byte), expected text");
}

TEST_CASE("yaml: equal keys are listed and are no error") {
  const auto reading = yaml("a: 1\nb: {c: 1, c: 2}\na: 3\n");
  REQUIRE(reading.errors().empty());
  CHECK(reading.root().find("a")->scalar == "3");
  REQUIRE(reading.read.documents[0].duplicates.size() == 2);
  CHECK(reading.read.documents[0].duplicates[1].second.begin == 21);
}

TEST_CASE("yaml: an alias gives a copy that knows where it is used") {
  const auto reading = yaml("base: &b {x: 1}\nuse: *b\nlist: [*b]\nkey: &k name\n*k : 2\n");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == "{base: {x: 1}, use: {x: 1}, list: [{x: 1}], key: \"name\", name: 2}");
  const Node& use = *reading.root().find("use");
  CHECK(use.where == reading.root().find("base")->where);
  CHECK(reading.text(use.used_at) == "*b");
  CHECK_FALSE(reading.root().find("base")->used_at.known());
}

TEST_CASE("yaml: a later anchor of the same name counts from there on") {
  CHECK(tree("a: &x 1\nb: *x\nc: &x 2\nd: *x\n") == "{a: 1, b: 1, c: 2, d: 2}");
}

TEST_CASE("yaml: merged members stand behind own ones, and own ones win") {
  const auto reading = yaml("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nm:\n  <<: [*a, *b]\n  x: 0\nn: {<<: *a}\n");
  REQUIRE(reading.errors().empty());
  CHECK(shape(*reading.root().find("m")) == "{x: 0, ^y: 2, ^z: 4}");
  CHECK(shape(*reading.root().find("n")) == "{^x: 1, ^y: 2}");
  const Member* y = reading.root().find("m")->find_member("y");
  CHECK(reading.text(y->value.used_at) == "*a");
  CHECK(reading.text(reading.root().find("m")->find("z")->used_at) == "*b");
  CHECK(reading.text(y->value.where) == "2");
}

TEST_CASE("yaml: a merge key that merges nothing stays a key") {
  CHECK(tree("\"<<\": {a: 1}\n") == "{<<: {a: 1}}");
  CHECK(tree("<<: 1\n") == "{<<: 1}");
  CHECK(tree("<<: {a: 1}\n") == "{^a: 1}");
}

TEST_CASE("yaml: an alias without anchor, or inside of its own anchor, is an error") {
  CHECK(only_error("a: 1\nb: *x\n") ==
        "2:4 alias names no anchor, expected '&' with the same name earlier in this document");
  CHECK(only_error("a: &x [*x]\n") == "1:8 alias '*x' stands inside the value that it names");
  CHECK(only_error("a: &x 1\n---\nb: *x\n") ==
        "3:4 alias names no anchor, expected '&' with the same name earlier in this document");
}

TEST_CASE("yaml: aliases that add too much are one error, quickly") {
  std::string bomb = "a0: &a0 [lol, lol, lol]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int j = 0; j < 8; ++j) bomb += ", " + last;
    bomb += "]\n";
  }
  const auto reading = yaml(bomb);
  REQUIRE(reading.errors().size() == 1);
  CHECK(reading.errors()[0].ends_with("more than the limit of 10000"));
  std::size_t nodes = 0;
  walk(reading.root(), [&nodes](const Node&) { ++nodes; });
  CHECK(nodes < 20000);
}

TEST_CASE("yaml: the alias limit holds for the whole file and for merges") {
  const std::string base = "b: &b {x: 1, y: 2, z: 3}\n";
  CHECK(yaml(base + "m: {<<: *b}\n", {.alias_nodes = 4}).errors().empty());
  CHECK(yaml(base + "m: {<<: *b}\nn: {<<: *b}\n", {.alias_nodes = 4}).errors().size() == 1);
  CHECK(yaml(base + "m: *b\n---\n" + base + "m: *b\n", {.alias_nodes = 4}).errors().size() == 1);
}

TEST_CASE("yaml: limits are errors that name the limit") {
  CHECK(yaml("a: {b: [1]}\n", {.nesting = 3}).errors().empty());
  CHECK(yaml("a: {b: [1]}\n", {.nesting = 2}).errors().at(0) == "1:8 nesting is deeper than the limit of 2 levels");
  CHECK(yaml("a: 1\n", {.file_bytes = 4}).errors().at(0) == "1:1 file has 5 bytes, more than the limit of 4");
  CHECK(yaml("- 1\n- 2\n- 3\n", {.nodes = 2}).errors().at(0) == "3:3 file has more values than the limit of 2");
}

TEST_CASE("yaml: 200,000 of anything that nests are one error") {
  for (const std::string unit : {"[", "{a: ", "- ", "? ", "[{", "!x ", "&x ", ": ", "{{", "- [", "{\"a\":"}) {
    std::string text;
    for (int i = 0; i < 200000; ++i) text += unit;
    CHECK(yaml(text).errors().size() == 1);
  }
}

TEST_CASE("yaml: text that is JSON is read as such, whatever its escapes and key lengths") {
  const std::string key(3000, 'k');
  const auto reading = yaml("{\"a\":\"\\ud83d\\udd12\\/\",\"" + key + "\":[1,\t2]}");
  REQUIRE(reading.errors().empty());
  CHECK(reading.read.documents[0].format == Format::Yaml);
  CHECK(shape(reading.root()) == "{a: \"\xF0\x9F\x94\x92/\", " + key + ": [1, 2]}");
}

TEST_CASE("yaml: a byte-order mark and CRLF do not shift places") {
  const auto reading = yaml("\xEF\xBB\xBF# c\r\na: x\r\nb:\r\n  - 'y'\r\n");
  REQUIRE(reading.errors().empty());
  CHECK(reading.text(reading.root().find("a")->where) == "x");
  CHECK(reading.text(reading.root().find("b")->items[0].where) == "'y'");
  CHECK(reading.read.documents[0].comments.at(0).text == "# c");
}

TEST_CASE("yaml: comments of other languages are an error that is read past") {
  const auto reading = yaml("a: <boolean> // REQUIRED\nb: // OPTIONAL\n  c: <string> // OPTIONAL\n");
  CHECK(reading.errors() == std::vector<std::string>{"1:14 found '//', expected a comment to start with '#'"});
  CHECK(shape(reading.root()) == R"({a: "<boolean>", b: {c: "<string>"}})");
}

}  // namespace
}  // namespace tlsward
