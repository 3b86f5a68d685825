#include "core/json.h"

#include <string>

#include "tests/catch.h"
#include "tests/core/reading.h"

namespace tlsward {
namespace {

using testing::json;
using testing::shape;

std::string only_error(const std::string& text) {
  const auto errors = json(text).errors();
  return errors.size() == 1 ? errors[0] : std::to_string(errors.size()) + " errors";
}

TEST_CASE("json: values are read with their kind and their text as written") {
  const auto reading = json(R"({"a": [1, -2.50e3, true, false, null], "b": "x"})");
  REQUIRE(reading.errors().empty());
  CHECK(shape(reading.root()) == R"({a: [1, -2.50e3, true, false, null], b: "x"})");
  CHECK(reading.root().find("a")->items[1].kind == NodeKind::Number);
  CHECK(reading.root().find("a")->items[2].is_true());
  CHECK_FALSE(reading.root().find("a")->items[3].is_true());
  CHECK(reading.root().find("b")->style == Style::DoubleQuoted);
  CHECK(reading.read.documents[0].format == Format::Json);
}

TEST_CASE("json: every node knows its place") {
  const auto reading = json("{\n  \"key\" : [ 12,\t\"x\" ] ,\r\n  \"b\":{} }");
  const Node& root = reading.root();
  CHECK(reading.text(root.where) == "{\n  \"key\" : [ 12,\t\"x\" ] ,\r\n  \"b\":{} }");
  CHECK(reading.text(root.members[0].key_where) == "\"key\"");
  CHECK(reading.text(root.members[0].value.where) == "[ 12,\t\"x\" ]");
  CHECK(reading.text(root.members[0].value.items[0].where) == "12");
  CHECK(reading.text(root.members[0].value.items[1].where) == "\"x\"");
  CHECK(reading.text(root.members[1].value.where) == "{}");
}

TEST_CASE("json: a text may be a single scalar") {
  for (const std::string text : {"1", "-0", "12 ", " 1.5\n", "true", "null", "\"x\"", "0", "1e5"}) {
    const auto reading = json(text);
    REQUIRE(reading.errors().empty());
    const std::size_t begin = text.find_first_not_of(" \n");
    CHECK(reading.text(reading.root().where) == text.substr(begin, text.find_last_not_of(" \n") + 1 - begin));
  }
}

TEST_CASE("json: escapes are decoded, and strings without them are not copied") {
  const auto reading = json(R"(["a\n\u00e9\ud83d\udd12\/", "plain", ""])");
  const Node& root = reading.root();
  CHECK(root.items[0].scalar == "a\n\xC3\xA9\xF0\x9F\x94\x92/");
  CHECK(root.items[1].scalar.data() == reading.sources.text(reading.file).data() + root.items[1].where.begin + 1);
  CHECK(root.items[2].scalar.empty());
}

TEST_CASE("json: a byte-order mark is skipped and counts for offsets") {
  const auto reading = json("\xEF\xBB\xBF{\"a\":1}");
  REQUIRE(reading.errors().empty());
  CHECK(reading.root().where.begin == 3);
  CHECK(only_error("\xEF\xBB\xBF\xEF\xBB\xBF{}") == "1:1 found a second byte-order mark, expected one at most");
}

TEST_CASE("json: the last of two equal keys counts, and both are listed") {
  const auto reading = json(R"({"a": 1, "b": {"c": 1, "c": 2}, "a": 3})");
  CHECK(reading.root().find("a")->scalar == "3");
  const auto& duplicates = reading.read.documents[0].duplicates;
  REQUIRE(duplicates.size() == 2);
  CHECK(duplicates[0].key == "c");
  CHECK(duplicates[1].key == "a");
  CHECK(duplicates[1].first.begin == 1);
  CHECK(duplicates[1].second.begin == 32);
}

TEST_CASE("json: equal keys are found in large maps too") {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\": 1, ";
  const auto reading = json(text + "\"k500\": 2, \"k500\": 3}");
  REQUIRE(reading.read.documents[0].duplicates.size() == 2);
  CHECK(reading.read.documents[0].duplicates[0].key == "k500");
  CHECK(reading.read.documents[0].duplicates[0].first == reading.read.documents[0].duplicates[1].first);
}

TEST_CASE("json: find on something that is no map gives nothing") {
  const auto reading = json(R"([1])");
  CHECK(reading.root().find("a") == nullptr);
  CHECK(reading.root().items[0].find_member("a") == nullptr);
}

TEST_CASE("json: an error says what was found, what was expected, and where") {
  CHECK(only_error("") == "1:1 file is empty");
  CHECK(only_error(" \n ") == "1:1 file is empty");
  CHECK(only_error("[1,2") == "1:5 file ends here, expected ',' or ']'");
  CHECK(only_error(R"({"a" 1})") == "1:6 found a number, expected ':'");
  CHECK(only_error(R"({a: 1})") == "1:2 found 'a', expected a key in double quotes or '}'");
  CHECK(only_error(R"({"a": 1 "b": 2})") == "1:9 found a string, expected ',' or '}'");
  CHECK(only_error(R"([1, , 2])") == "1:5 found ',', expected a value");
  CHECK(only_error("[1}") == "1:3 found '}', expected ',' or ']'");
  CHECK(only_error("]") == "1:1 found ']', expected a value");
  CHECK(only_error("[1] x") == "1:5 found a word without quotes, expected the end of the file");
  CHECK(only_error("{}}") == "1:3 found '}', expected the end of the file");
  CHECK(only_error(R"({"a": True})") == "1:7 found 'True', expected a value such as true");
  CHECK(only_error("[NaN]") == "1:2 found 'NaN', expected a value or ']'");
  CHECK(only_error("['a']") == "1:2 found a single quote, expected a value or ']', strings stand in double quotes");
  CHECK(only_error("[\xC3\xA9]") == "1:2 found U+00E9, expected a value or ']'");
}

TEST_CASE("json: a broken number is named as such") {
  CHECK(only_error("[012]") == "1:2 number has a leading zero, expected none");
  CHECK(only_error("00") == "1:1 number has a leading zero, expected none");
  CHECK(only_error("[1.2.3]") == "1:2 number has two points, expected at most one");
  CHECK(only_error("[1.]") == "1:2 number is not complete, expected a digit at its end");
  CHECK(only_error("1-") == "1:1 number is not complete, expected a digit at its end");
  CHECK(only_error("[-]") == "1:2 found '-' alone, expected a digit behind it");
  CHECK(only_error("[+1]") == "1:2 number starts with '+', expected a digit or '-'");
  CHECK(only_error("[.5]") == "1:2 number starts with '.', expected a digit before it");
  CHECK(only_error("[...]") == "1:2 '...' is no JSON; write what it stands for, or leave it out");
  CHECK(only_error("{\"a\": 1, ...}") == "1:10 '...' is no JSON; write what it stands for, or leave it out");
  CHECK(only_error("[0x10]") == "1:2 number is hexadecimal, expected a decimal one");
  CHECK(only_error("[1e999]") == "1:2 number is too large, expected one that fits a 64-bit float");
  CHECK(shape(json("[7, 012]").root()) == "+[7]");
}

TEST_CASE("json: a broken string is named as such") {
  CHECK(only_error(R"(["a)") == R"(1:2 string is not closed, expected '"' before the end of the file)");
  CHECK(only_error("[\"a\n\"]") == R"(1:2 string is not closed, expected '"' before the line ends)");
  CHECK(only_error("[\"a\tb\"]") == R"(1:4 found a tab in a string, expected \t)");
  CHECK(only_error("[\"a\x01\"]") == R"(1:4 found control character U+0001 in a string, expected \u0001)");
  CHECK(only_error("[\"\xFF\"]") == "1:3 found byte 0xFF, expected UTF-8");
  CHECK(only_error("[\"\xED\xA0\x80\"]") == "1:3 found byte 0xED, expected UTF-8");
  CHECK(only_error(R"(["\ud800"])") == R"(1:3 \ud800 is half of a surrogate pair, expected its second half behind it)");
  CHECK(only_error(R"(["\udc00"])") == R"(1:3 \udc00 is half of a surrogate pair, expected its first half before it)");
  CHECK(only_error(R"(["\u12"])") == R"(1:3 \u is not followed by four hexadecimal digits)");
  CHECK(only_error(R"(["\x"])").starts_with("1:3 unknown escape in a string"));
}

TEST_CASE("json: a message never shows a value") {
  CHECK(only_error(R"({"password": hunter2})").find("hunter2") == std::string::npos);
  CHECK(only_error(R"({"password": "a", "b" "hunter2"})").find("hunter2") == std::string::npos);
}

TEST_CASE("json: comments and trailing commas are reported and read past") {
  const auto reading = json("{\n  // one\n  \"a\": [1, 2, /* two */ ],\n  \"b\": 3,\n}");
  CHECK(shape(reading.root()) == "{a: [1, 2], b: 3}");
  REQUIRE(reading.errors().size() == 3);
  CHECK(reading.errors()[0] == "2:3 found 2 comments, JSON has none");
  CHECK(reading.errors()[1] == "3:13 trailing ',' before ']', expected a value");
  CHECK(reading.errors()[2] == "4:9 trailing ',' before '}', expected a key in double quotes");
}

TEST_CASE("json: slashes and commas in strings are no comments and no trailing commas") {
  CHECK(json(R"({"u": "http://x/*", "v": ",]"})").errors().empty());
  CHECK(only_error(R"({"u": http://x})") == "1:7 found a word without quotes, expected a value");
}

TEST_CASE("json: what stands before an error is kept, in open containers") {
  const auto reading = json(R"({"a": 1, "b": [2, {"c": 3, "d": ?}]})");
  CHECK(shape(reading.root()) == "+{a: 1, b: +[2, +{c: 3}]}");
  CHECK(testing::spans_nest(reading.root()));
}

TEST_CASE("json: a container of which nothing was seen is unresolved") {
  CHECK(shape(json(R"({"a": {)").root()) == "+{a: ~+{}}");
}

TEST_CASE("json: limits are errors that name the limit") {
  CHECK(json("[[[1]]]", {.nesting = 3}).errors().empty());
  CHECK(json("[[[1]]]", {.nesting = 2}).errors().at(0) == "1:3 nesting is deeper than the limit of 2 levels");
  CHECK(json("[1, 2]", {.file_bytes = 5}).errors().at(0) == "1:1 file has 6 bytes, more than the limit of 5");
  CHECK(json("[1, 2, 3]", {.nodes = 2}).errors().at(0) == "1:9 file has more values than the limit of 2");
}

TEST_CASE("json: 200,000 brackets are one error") {
  CHECK(json(std::string(200000, '[')).errors().size() == 1);
  std::string maps;
  for (int i = 0; i < 200000; ++i) maps += "{\"a\":";
  CHECK(json(maps).errors().size() == 1);
}

TEST_CASE("json: binary content is one error") {
  CHECK(only_error(std::string("{\"a\0\":1}", 8)) == "1:4 file is binary (it holds a NUL byte), expected text");
  CHECK(only_error("\xFF\xFE{") == "1:1 file is UTF-16, expected UTF-8");
  CHECK(only_error(std::string("\xFF\xFE\0\0{\0\0\0", 8)) == "1:1 file is UTF-32, expected UTF-8");
  CHECK(only_error(std::string("\0\0\xFE\xFF\0\0\0{", 8)) == "1:1 file is UTF-32, expected UTF-8");
  CHECK(only_error("\x1F\x8B\x08") == "1:1 found U+001F, expected a value");
}

TEST_CASE("json: nodes stay valid when the document moves") {
  auto reading = json(R"({"a": ["\u0041bc", 2]})");
  const Document moved = std::move(reading.read.documents[0]);
  CHECK(shape(moved.root) == R"({a: ["Abc", 2]})");
}

}  // namespace
}  // namespace tlsward
