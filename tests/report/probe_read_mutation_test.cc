// Broken and hostile files of results: small changes to sound ones, with a fixed seed. Whatever the bytes: the reader
// comes back, what it takes is a result that can be written and read again, and what it refuses has a reason that can
// be printed.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "probe/diff.h"
#include "report/probe_json.h"
#include "report/probe_read.h"
#include "report/resume.h"
#include "tests/catch.h"
#include "tests/report/full_result.h"

namespace tlsward::report {
namespace {

std::string text_of(const probe::HostResult& result) {
  return probe_result_json(result, {}).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> seeds() {
  const std::string full = text_of(testing::full_result());
  const std::string small =
      R"({"schema":"tlsward-probe/1","host":"a","port":1,"verdicts":{"versions":{"1.2":{"verdict":"accepted"}}},)"
      R"("suites":{"1.2":{"accepted":[{"code":47},{"code":49199,"group":29}],"order":"server","complete":true}}})";
  const auto pretty = nlohmann::ordered_json::parse(small).dump(1);
  return {full + "\n" + small + "\n", small + "\n" + small + "\n" + small,
          "{\n\"schema\": \"tlsward-probe/1\",\n\"results\": [\n" + pretty + ",\n" + small + "\n]}\n",
          "{\"schema\":\"tlsward-probe/1\",\"results\":[" + small + "," + full + "]}"};
}

class Mutator {
 public:
  std::string operator()(std::string text) {
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) change(text);
    return text;
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

 private:
  void change(std::string& text) {
    static constexpr std::array<std::string_view, 34> kPieces = {"{",
                                                                 "}",
                                                                 "[",
                                                                 "]",
                                                                 "\"",
                                                                 ",",
                                                                 ":",
                                                                 "\n",
                                                                 "\r\n",
                                                                 "\\",
                                                                 "\\u0000",
                                                                 "\\ud800",
                                                                 "null",
                                                                 "true",
                                                                 "-1",
                                                                 "1e999",
                                                                 "1.5",
                                                                 "18446744073709551616",
                                                                 "65536",
                                                                 "\"1.2\":{}",
                                                                 "\"port\":",
                                                                 "[[[[[",
                                                                 "{\"a\":",
                                                                 "\xff",
                                                                 "\x1b[m",
                                                                 "\xC3",
                                                                 "\xEF\xBB\xBF",
                                                                 "{}",
                                                                 "[]",
                                                                 "unknown",
                                                                 "server",
                                                                 "-",
                                                                 "0x304",
                                                                 "2026-01-02T00:00:00Z"};
    const std::size_t at = below(text.size() + 1);
    switch (below(8)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, below(60));
        break;
      case 2:
        text.insert(at, text.substr(below(text.size() + 1), below(200)));
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      case 4:
        replace_value(text, at);
        break;
      default:
        text.insert(at, kPieces.at(below(kPieces.size())));
    }
  }

  /// Another value behind the next colon: the text stays JSON, and a field has the wrong type or size.
  void replace_value(std::string& text, std::size_t at) {
    static constexpr std::array<std::string_view, 10> kValues = {
        "null", "true", "-5", "99999999999", "1.5", "\"\"", "\"accepted\"", "[]", "{}", "[{\"code\":1}]"};
    const std::size_t colon = text.find(':', at);
    if (colon == std::string::npos) return;
    const std::size_t end = std::min(text.find_first_of(",}]", colon), text.size());
    text.replace(colon + 1, end - colon - 1, kValues.at(below(kValues.size())));
  }

  std::mt19937 random_{20260102};
};

bool can_be_printed(const std::string& message) {
  return !message.empty() && message.size() < 1000 &&
         std::none_of(message.begin(), message.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

/// What was taken is a result like any other.
void check_result(const ReadResult& read, const probe::HostResult& other) {
  CHECK_FALSE(read.result.host.empty());
  CHECK(read.result.port != 0);
  CHECK(read.text.find('\n') == std::string::npos);
  const std::string written = text_of(read.result);
  RuleIds rules;
  const auto again = read_probe_result(written, rules);
  INFO(written);
  REQUIRE(again);
  CHECK(text_of(*again) == written);
  CHECK(probe::changes_between(read.result, *again).empty());
  probe::changes_between(read.result, other);
  probe::changes_between(other, read.result);
}

TEST_CASE("mutations: the reader of results comes back from anything") {
  Mutator mutate;
  const std::vector<std::string> texts = seeds();
  const probe::HostResult other = testing::full_result();
  std::size_t results = 0, problems = 0;
  for (int i = 0; i < 2500; ++i) {
    const std::string text = mutate(texts[mutate.below(texts.size())]);
    INFO(text);
    std::istringstream in(text);
    RuleIds rules;
    ProbeReader reader(in, rules);
    while (const auto item = reader.next()) {
      if (*item) {
        ++results;
        check_result(**item, other);
      } else {
        ++problems;
        CHECK(can_be_printed(item->error().message));
      }
    }
  }
  // Both must have come up often, or the test tests nothing.
  CHECK(results > 700);
  CHECK(problems > 700);
}

TEST_CASE("mutations: what a resumed run would cut off lies inside of the file, behind all that is kept") {
  Mutator mutate;
  const std::vector<std::string> texts = seeds();
  for (int i = 0; i < 2000; ++i) {
    const std::string text = mutate(texts[mutate.below(2)]);
    std::istringstream in(text);
    const auto earlier = read_earlier_results(in);
    if (!earlier || !earlier->cut_off) continue;
    INFO(text);
    CHECK(*earlier->cut_off < text.size());
    CHECK((*earlier->cut_off == 0 || text[*earlier->cut_off - 1] == '\n'));
    CHECK(text.find('\n', *earlier->cut_off) == std::string::npos);
  }
}

}  // namespace
}  // namespace tlsward::report
