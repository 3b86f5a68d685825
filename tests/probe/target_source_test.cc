#include "probe/target_source.h"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

std::vector<std::string> drain(TargetSource& source) {
  std::vector<std::string> texts;
  while (const auto target = source.next()) texts.push_back(target->text);
  return texts;
}

struct FromFile {
  std::vector<std::string> texts;
  std::vector<TargetProblem> problems;
};

FromFile read_file(const std::string& text) {
  std::istringstream in(text);
  auto source = TargetSource::make({}, &in, 443);
  REQUIRE(source);
  FromFile result;
  result.texts = drain(*source);
  result.problems = source->take_problems();
  return result;
}

using Texts = std::vector<std::string>;

TEST_CASE("target sources: words and blocks come in their order, then the file") {
  std::istringstream in("c.example\n");
  auto source = TargetSource::make({"a.example", "192.0.2.0/31", "b.example"}, &in, 443);
  REQUIRE(source);
  CHECK(drain(*source) == Texts{"a.example", "192.0.2.0", "192.0.2.1", "b.example", "c.example"});
  CHECK_FALSE(source->next());
}

TEST_CASE("target sources: a wrong word is an error before anything is scanned") {
  const auto source = TargetSource::make({"a.example", "b.example:0"}, nullptr, 443);
  REQUIRE_FALSE(source);
  CHECK(source.error().message == "'b.example:0': port 0 is out of range; 1 to 65535");
}

TEST_CASE("target sources: blank lines, comments, CRLF, blanks round a line and a byte-order mark are read over") {
  const FromFile file = read_file(
      "\xEF\xBB\xBF"
      "a.example\r\n\r\n# all of b\n  b.example:8443\t # the gateway\n\n::1");
  CHECK(file.texts == Texts{"a.example", "b.example:8443", "::1"});
  CHECK(file.problems.empty());
}

TEST_CASE("target sources: broken lines are told with their number, and the rest is read") {
  const FromFile file =
      read_file("a.example\nb.example c.example\n10.0.0.0/8\n" + std::string(5000, 'x') + "\nd.example\n");
  CHECK(file.texts == Texts{"a.example", "d.example"});
  REQUIRE(file.problems.size() == 3);
  CHECK(file.problems[0].line == 2);
  CHECK(file.problems[0].message.starts_with("'b.example c.example': a blank is in it"));
  CHECK(file.problems[1].line == 3);
  CHECK(file.problems[2].line == 4);
  CHECK(file.problems[2].message == "the line is longer than 4096 bytes; one target stands in a line");
}

TEST_CASE("target sources: a UTF-16 file is told once") {
  const FromFile file =
      read_file(std::string("\xFF\xFE"
                            "a\0.\0b\0\n\0c\0",
                            13));
  CHECK(file.texts.empty());
  REQUIRE(file.problems.size() == 1);
  CHECK(file.problems[0].message == "the file is UTF-16; save it as UTF-8");
}

TEST_CASE("target sources: 100,000 lines with every seventh broken give the others, and all problems") {
  std::string text;
  for (int i = 1; i <= 100'000; ++i) text += i % 7 == 0 ? "host:port:\r\n" : fmt::format("h{}.example\r\n", i);
  std::istringstream in(text);
  auto source = TargetSource::make({}, &in, 443);
  REQUIRE(source);
  std::size_t targets = 0, problems = 0, last_line = 0;
  while (source->next()) {
    ++targets;
    for (const TargetProblem& problem : source->take_problems()) {
      ++problems;
      last_line = problem.line;
    }
  }
  CHECK(targets == 85'715);
  CHECK(problems == 14'285);
  CHECK(last_line == 99'995);
  CHECK(source->total() == 85'715U);
}

TEST_CASE("target sources: problems that nobody takes are counted, not kept") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "*\n";
  const FromFile file = read_file(text);
  REQUIRE(file.problems.size() == 1000);
  CHECK(file.problems.back().line == 1000);
  CHECK(file.problems.back().message.ends_with("; 4000 more lines could not be used"));
}

TEST_CASE("target sources: the total is known without a file, or when the file was read to its end") {
  auto words = TargetSource::make({"a.example", "192.0.2.0/24"}, nullptr, 443);
  REQUIRE(words);
  CHECK(words->total() == 257U);

  std::istringstream in("192.0.2.0/30\nb.example\n");
  auto both = TargetSource::make({"a.example"}, &in, 443);
  REQUIRE(both);
  CHECK_FALSE(both->total());
  CHECK(drain(*both).size() == 6);
  CHECK(both->total() == 6U);
}

TEST_CASE("target sources: a block of 2^20 addresses is counted through") {
  auto source = TargetSource::make({"10.16.0.0/12"}, nullptr, 443);
  REQUIRE(source);
  std::uint64_t count = 0;
  std::string last;
  while (const auto target = source->next()) {
    ++count;
    if (count == 1U << 20) last = target->host;
  }
  CHECK(count == 1U << 20);
  CHECK(last == "10.31.255.255");
}

TEST_CASE("target sources: targets are counted by what is wanted of them") {
  std::istringstream in("*\nc.example:8443\n");
  auto source = TargetSource::make({"a.example", "b.example:8443"}, &in, 443);
  REQUIRE(source);
  CHECK(count_targets(std::move(*source), [](const Target& target) { return target.port == 8443; }) == 2);
}

}  // namespace
}  // namespace tlsward::probe
