#include "report/json_split.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace tlsward::report {
namespace {

using Texts = std::vector<std::string>;

/// "key=value" of each part; "BROKEN" at the end where the text is.
Texts split(std::string_view text) {
  JsonSplitter splitter(text);
  Texts parts;
  while (const auto part = splitter.next()) parts.push_back(std::string(part->key) + "=" + std::string(part->value));
  if (splitter.broken()) parts.emplace_back("BROKEN");
  return parts;
}

TEST_CASE("splitting JSON: members of an object, as they are written") {
  CHECK(split(R"( {"a" : 1, "b":"x, \"}", "c": {"d": [1, {"e": "]"}]} , "f":[ ] } )") ==
        Texts{"a=1", R"(b="x, \"}")", R"(c={"d": [1, {"e": "]"}]})", "f=[ ]"});
  CHECK(split("{}").empty());
}

TEST_CASE("splitting JSON: elements of an array have no key") {
  CHECK(split("[1,\n{\"a\": 2} ,null]") == Texts{"=1", "={\"a\": 2}", "=null"});
  CHECK(split(" [ ] ").empty());
}

TEST_CASE("splitting JSON: a text that is cut off anywhere is broken") {
  const std::string whole = R"({"a": "b\"c", "d": [1, {}], "e": true})";
  for (std::size_t length = 0; length < whole.size(); ++length) {
    INFO(length);
    const Texts parts = split(whole.substr(0, length));
    REQUIRE_FALSE(parts.empty());
    CHECK(parts.back() == "BROKEN");
  }
}

TEST_CASE("splitting JSON: what is no container, or more than one, is broken") {
  for (const char* text :
       {"", "5", "\"x\"", "{} {}", "[1 2]", "{\"a\" 1}", "{a: 1}", "[,1]", "[1,,2]", "]", "{]", "{\"a\":}"}) {
    INFO(text);
    const Texts parts = split(text);
    REQUIRE_FALSE(parts.empty());
    CHECK(parts.back() == "BROKEN");
  }
}

TEST_CASE("splitting JSON: nesting is bounded") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(split(nested(64)).size() == 1);
  CHECK(split(nested(65)) == Texts{"BROKEN"});
  CHECK(split(std::string(1'000'000, '[')) == Texts{"BROKEN"});
}

TEST_CASE("compact JSON: blanks go, but not those inside of strings") {
  CHECK(compact_json("{\n  \"a b\" : [1,\t\"c \\\" d\",\r\n \"\\\\\" , 2 ]\n}") == R"({"a b":[1,"c \" d","\\",2]})");
  CHECK(compact_json("").empty());
}

}  // namespace
}  // namespace tlsward::report
