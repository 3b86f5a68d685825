#include "lint/move.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/yaml.h"
#include "lint/edit.h"
#include "tests/catch.h"

using namespace tlsward;

namespace {

struct Parsed {
  SourceMap sources = {};
  ReadFile file = {};
};

Parsed parsed(const std::string& text) {
  Parsed result;
  const FileId file = result.sources.add("file", text);
  result.file = text.front() == '{' ? read_json(result.sources, file) : read_yaml(result.sources, file);
  REQUIRE(result.file.errors.empty());
  REQUIRE(result.file.documents.size() == 1);
  return result;
}

std::string after(std::string_view text, std::optional<std::vector<Edit>> edits) {
  if (!edits) return "no fix";
  return lint::apply_edits(text, std::move(*edits)).value_or("overlap");
}

/// The member `x` of the root, moved into the map `m`.
std::string moved(const std::string& text) {
  const Parsed file = parsed(text);
  const Node& root = file.file.documents[0].root;
  return after(text,
               lint::move_into(text, file.file.documents[0], root.find_member("x")->key_where, root.find("m")->where));
}

/// The members `a` and `b` of the map `m`, gathered in a list `l`.
std::string gathered(const std::string& text) {
  const Parsed file = parsed(text);
  const Node& map = *file.file.documents[0].root.find("m");
  return after(text, lint::gather(text, file.file.documents[0], map.find_member("a")->key_where,
                                  map.find_member("b")->key_where, "l"));
}

/// The first two items of the list `l`.
std::string exchanged(const std::string& text) {
  const Parsed file = parsed(text);
  const Node& list = *file.file.documents[0].root.find("l");
  return after(text, lint::exchange(text, file.file.documents[0], list.items[0].where, list.items[1].where));
}

}  // namespace

TEST_CASE("a member moves with the comments on its line and right above") {
  CHECK(moved("v: 3\n# one\n# two\nx: true  # why\nm:\n  k: 1\n") ==
        "v: 3\nm:\n  # one\n  # two\n  x: true  # why\n  k: 1\n");
  CHECK(moved("m:\n  k: 1\nx: true # why\n") == "m:\n  x: true # why\n  k: 1\n");
  CHECK(moved("m:\n  k: 1\nx: true # why") == "m:\n  x: true # why\n  k: 1\n");
  CHECK(moved("m:\r\n  k: 1\r\n# one\r\nx: true # why\r\n") == "m:\r\n  # one\r\n  x: true # why\r\n  k: 1\r\n");
  CHECK(moved("# of the file\n\nx: true\nm:\n  k: 1\n") == "# of the file\n\nm:\n  x: true\n  k: 1\n");
  CHECK(moved("t: |\n  text\n  # text\nx: true # why\nm:\n  k: 1\n") ==
        "t: |\n  text\n  # text\nm:\n  x: true # why\n  k: 1\n");
}

TEST_CASE("a member moves without comments where it has none") {
  CHECK(moved(R"({"x": true, "m": {"k": 1}})") == R"({"m": {"x": true, "k": 1}})");
  CHECK(moved("x: true\nm: {k: 1} # m\n") == "m: {x: true, k: 1} # m\n");
}

TEST_CASE("a member stays where a comment cannot go along") {
  CHECK(moved("x: true # why\nm: {k: 1}\n") == "no fix");
  CHECK(moved("---\n{x: true, # why\nm: {k: 1}}\n") == "no fix");
  CHECK(moved("# of the file or of x\nx: true\nm:\n  k: 1\n") == "no fix");
  CHECK(moved("m:\n  k: 1\nx: # why\n  true\n") == "no fix");
  CHECK(moved("m:\n  k: 1\nx: true # why\n        # and why\n") == "no fix");
}

TEST_CASE("what an earlier member of the same key hides does not take effect") {
  CHECK(moved(R"({"x": false, "x": true, "m": {"k": 1}})") == "no fix");
  CHECK(gathered(R"({"m": {"a": 0, "a": 1, "b": 2}})") == "no fix");
}

TEST_CASE("two members become the entry of a list, with their comments") {
  CHECK(gathered("m:\n  # both\n  a: 1 # one\n  # two\n  b: 2 # too\n  c: 3\n") ==
        "m:\n  # both\n  l:\n    - a: 1 # one\n      # two\n      b: 2 # too\n  c: 3\n");
  CHECK(gathered("m:\n  b: 2\n  # about c\n  c: 3\n\n  # one\n  a: 1") ==
        "m:\n  l:\n    - b: 2\n      # one\n      a: 1\n  # about c\n  c: 3\n\n");
  CHECK(gathered("m:\r\n  a: 1\r\n  b: 2\r\n") == "m:\r\n  l:\r\n    - a: 1\r\n      b: 2\r\n");
  CHECK(gathered("m:\n  a: |\n    x\n\n    y\n  b: 2\n") ==
        "m:\n  l:\n    - a: |\n        x\n\n        y\n      b: 2\n");
  CHECK(gathered(R"({"m": {"b":  2, "c": 3, "a": 1}})") == R"({"m": {"l": [{ "b":  2, "a": 1 }], "c": 3}})");
  CHECK(gathered("m: {a: 1, b: 2}\n") == "m: {l: [{ a: 1, b: 2 }]}\n");
}

TEST_CASE("two members stay where comments cannot go along") {
  CHECK(gathered("m: {a: 1, # one\n  b: 2}\n") == "no fix");
  CHECK(gathered("m:\n  a: 1\n    # more\n  b: 2\n") == "no fix");
}

TEST_CASE("items are exchanged where no comment is about one of them") {
  CHECK(exchanged("l:\n  - a\n  - b\n") == "l:\n  - b\n  - a\n");
  CHECK(exchanged("l: [a, b] # both\n") == "l: [b, a] # both\n");
  CHECK(exchanged("l:\n  - a # old\n  - b\n") == "no fix");
  CHECK(exchanged("l:\n  - a\n  # new\n  - b\n") == "no fix");
}
