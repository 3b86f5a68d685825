#include "report/probe_read.h"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace tlsward::report {
namespace {

using Kind = ReadProblem::Kind;
using Lines = std::vector<std::string>;

std::string_view name(Kind kind) {
  constexpr std::string_view kNames[] = {"broken", "cut off", "schema", "unreadable"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string result(std::string_view host) {
  return fmt::format(R"({{"schema": "tlsward-probe/1", "host": "{}", "port": 443}})", host);
}

/// "LINE HOST" or "LINE KIND: MESSAGE" for everything in a file.
Lines read(const std::string& text) {
  std::istringstream in(text);
  RuleIds rules;
  ProbeReader reader(in, rules);
  Lines lines;
  while (const auto item = reader.next()) {
    if (*item) {
      lines.push_back(fmt::format("{} {}", (*item)->line, (*item)->result.host));
    } else {
      const ReadProblem& problem = item->error();
      lines.push_back(fmt::format("{} {}: {}", problem.line, name(problem.kind), problem.message));
    }
  }
  CHECK_FALSE(reader.next());
  return lines;
}

TEST_CASE("reading results: one a line, with blank lines, CRLF and a byte-order mark between") {
  CHECK(read("\xEF\xBB\xBF" + result("a") + "\r\n\n" + result("b") + "\n") == Lines{"1 a", "3 b"});
  CHECK(read("").empty());
  CHECK(read("\n \n").empty());
}

TEST_CASE("reading results: a document with its results one by one, each with its line") {
  CHECK(read("{\n \"schema\": \"tlsward-probe/1\",\n \"tool\": {\"name\": \"x\"},\n \"results\": [\n  " + result("a") +
             ",\n  {\n  \"schema\": \"tlsward-probe/1\",\n  \"host\": \"b\", \"port\": 1\n  }\n ],\n \"errors\": "
             "[]\n}\n") == Lines{"5 a", "6 b"});
}

TEST_CASE("reading results: a document on one line") {
  const std::string document = R"({"results":[)" + result("a") + "," + result("b") + R"(],"schema":"tlsward-probe/1"})";
  CHECK(read(document) == Lines{"1 a", "1 b"});
  CHECK(read(document + "\n" + result("c") + "\n" + document + "\n") == Lines{"1 a", "1 b", "2 c", "3 a", "3 b"});
}

TEST_CASE("reading results: a document without results has none") {
  CHECK(read("{\n\"schema\": \"tlsward-probe/1\", \"results\": []\n}").empty());
}

TEST_CASE("reading results: the text of a result is kept on one line, unknown fields and all") {
  std::istringstream in(
      "{\n \"schema\": \"tlsward-probe/1\", \"results\": [{\"schema\": \"tlsward-probe/1\",\n \"host\": "
      "\"a\", \"port\": 1,\n \"later field\": [1.50, \"x y\"]}]}");
  RuleIds rules;
  ProbeReader reader(in, rules);
  const auto item = reader.next();
  REQUIRE(item);
  REQUIRE(*item);
  CHECK((*item)->text == R"({"schema":"tlsward-probe/1","host":"a","port":1,"later field":[1.50,"x y"]})");
  CHECK(reader.is_document());
}

TEST_CASE("reading results: a broken line is told, and the next one is read") {
  CHECK(read(result("a") + "\nnot JSON\n{\"schema\": nope}\n" + result("b") + "\n") ==
        Lines{"1 a", "2 broken: no whole JSON object; it breaks at byte 1",
              "3 schema: schema 'nope' is not known; "
              "tlsward-probe/1 can be read",
              "4 b"});
  CHECK(read(result("a") + "\n{\"schema\": \"tlsward-probe/1\", \"host\": nope}\n") ==
        Lines{"1 a", "2 broken: no valid JSON at byte 40"});
  CHECK(read("[]\n" + result("a") + "\n") == Lines{"1 schema: there is no schema; tlsward-probe/1 can be read", "2 a"});
  CHECK(read("scanning 2 hosts\n" + result("a") + "\n").at(1) == "2 a");
  CHECK(read(result("a").substr(0, 35) + "\n" + result("b") + "\n").at(1) == "2 b");
}

TEST_CASE("reading results: a last line that was cut off is told apart from one that is broken") {
  const std::string cut = result("b").substr(0, 30);
  CHECK(read(result("a") + "\n" + cut) == Lines{"1 a", "2 cut off: the last line is cut off; the run was killed"});
  CHECK(read(result("a") + "\n" + cut + std::string(5, '\0')) ==
        Lines{"1 a", "2 cut off: the last line is cut off; the run was killed"});
  CHECK(read(cut) == Lines{"1 cut off: the last line is cut off; the run was killed"});
  CHECK(read(result("a") + "\n" + cut + "\n").at(1).starts_with("2 broken: no whole JSON object; it breaks at byte "));
  CHECK(read(result("a") + "\n" + result("b")) == Lines{"1 a", "2 b"});
}

TEST_CASE("reading results: a line that another run was appended to is broken, and no more") {
  CHECK(read(result("a").substr(0, 30) + result("b") + "\n" + result("c") + "\n").at(1) == "2 c");
}

TEST_CASE("reading results: a schema that is not known is told as such") {
  CHECK(read(R"({"schema": "tlsward-probe/2", "host": "a", "port": 1})") ==
        Lines{"1 schema: schema 'tlsward-probe/2' is not known; tlsward-probe/1 can be read"});
  CHECK(read(R"({"schema": "tlsward-findings/1", "findings": []})") ==
        Lines{"1 schema: schema 'tlsward-findings/1' is not known; tlsward-probe/1 can be read"});
  CHECK(read("{\n\"schema\": \"tlsward-probe/2\",\n\"results\": [" + result("a") + "]}") ==
        Lines{"1 schema: schema 'tlsward-probe/2' is not known; tlsward-probe/1 can be read"});
  CHECK(read(R"({"host": "a", "port": 1})") == Lines{"1 schema: there is no schema; tlsward-probe/1 can be read"});
}

TEST_CASE("reading results: a broken document is told, with the results that are whole") {
  CHECK(read("{\n\"schema\": \"tlsward-probe/1\", \"results\": [\n" + result("a") + ",\n")
            .at(0)
            .starts_with("1 broken: no whole JSON object; it breaks at byte "));
  CHECK(read("{\n\"schema\": \"tlsward-probe/1\", \"results\": [5,\n" + result("a") + "]}") ==
        Lines{"2 broken: no whole JSON object; it breaks at byte 1", "3 a"});
  CHECK(read("{\n\"schema\": \"tlsward-probe/1\", \"results\": 5}") ==
        Lines{"1 broken: field 'results': this is no list of objects"});
}

TEST_CASE("reading results: lines and nesting have bounds") {
  const std::string long_line = R"({"schema":"tlsward-probe/1","x":")" + std::string((8 << 20) + 1, 'x') + "\"}\n";
  CHECK(read(result("a") + "\n" + long_line + result("b") + "\n") ==
        Lines{"1 a", "2 broken: the line is longer than 8 MiB", "3 b"});
  CHECK(read(long_line) == Lines{"1 broken: the result is larger than 8 MiB"});
  CHECK(read(R"({"schema":"tlsward-probe/1","x":)" + std::string(100'000, '[') + "}\n")
            .at(0)
            .starts_with("1 broken: no whole JSON object"));
}

TEST_CASE("reading results: a stream that breaks is told once") {
  struct Broken : std::stringbuf {
    Broken() : std::stringbuf(result("a") + "\n") {}
    int underflow() override {
      const int next = std::stringbuf::underflow();
      if (next == traits_type::eof()) throw std::ios_base::failure("input/output error");
      return next;
    }
  } buffer;
  std::istream in(&buffer);
  RuleIds rules;
  ProbeReader reader(in, rules);
  REQUIRE(reader.next());
  const auto item = reader.next();
  REQUIRE(item);
  REQUIRE_FALSE(*item);
  CHECK(item->error().kind == Kind::Unreadable);
  CHECK_FALSE(reader.next());
}

}  // namespace
}  // namespace tlsward::report
