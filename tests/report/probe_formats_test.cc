// One fixed set of probe results in every format, compared with an approved file each. tests/approve.sh accepts
// changes.
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "report/html_page.h"
#include "report/probe_format.h"
#include "report/tool.h"
#include "tests/catch.h"
#include "tests/process.h"
#include "tests/report/probe_results.h"

namespace {

using namespace tlsward;
using Json = nlohmann::json;

std::string written(const report::ProbeFormat& format, const std::vector<probe::HostResult>& results, bool bad_target,
                    bool color = false) {
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/out";
  std::FILE* out = std::fopen(path.c_str(), "wb");
  REQUIRE(out != nullptr);
  report::ProbeReport report{tests::fixed_probe_rules(), color, color, {}};
  format.begin(report, out);
  for (const probe::HostResult& result : results) {
    report.tally.add(result);
    format.host(report, result, out);
  }
  if (bad_target) report.tally.add_bad_target("hosts.txt:17", "port 70000 is out of range; 1 to 65535");
  format.end(report, out);
  REQUIRE(std::fclose(out) == 0);
  return tests::read_file(path);
}

std::string written(std::string_view name, const std::vector<probe::HostResult>& results, bool color = false) {
  const report::ProbeFormat* format = report::find_probe_format(name);
  REQUIRE(format != nullptr);
  return written(*format, results, true, color);
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

// Without what changes for reasons that are no part of a format: the version, and the style and script of the page.
std::string settled(std::string text) {
  replace_all(text, report::kPageStyle, "STYLE");
  replace_all(text, report::kPageScript, "SCRIPT");
  replace_all(text, report::tool_version(), "VERSION");
  return std::regex_replace(text, std::regex("'sha256-[^']*'"), "'sha256-HASH'");
}

void compare(const std::string& name, const std::string& text) {
  const std::string path = std::string(TLSWARD_SOURCE_DIR) + "/testdata/approved/" + name + ".txt";
  if (std::getenv("TLSWARD_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  INFO(name);
  CHECK(text == tests::read_file(path));
}

// A control character other than a line ending (CSV's has two bytes).
bool has_control_character(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\n' && c != '\r') || byte == 0x7f) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("formats: every probe format prints the fixed results as approved") {
  for (const report::ProbeFormat* format : report::probe_formats())
    compare("probe-" + std::string(format->name), settled(written(*format, tests::fixed_probe_results(), true)));
}

TEST_CASE("formats: a probe of no host is one whole document in every format") {
  for (const report::ProbeFormat* format : report::probe_formats())
    compare("probe-" + std::string(format->name) + "-empty", settled(written(*format, {}, false)));
}

TEST_CASE("formats: sslscan's colours") {
  compare("probe-sslscan-color", settled(written("sslscan", tests::fixed_probe_results(), true)));
}

TEST_CASE("formats: no probe format prints a control character that came from a server or a target") {
  for (const report::ProbeFormat* format : report::probe_formats()) {
    INFO(format->name);
    CHECK_FALSE(has_control_character(written(*format, tests::fixed_probe_results(), true)));
  }
}

TEST_CASE("formats: bytes of a server that are no UTF-8 become U+FFFD in JSON") {
  std::vector<probe::HostResult> results = tests::fixed_probe_results();
  results.resize(1);
  results[0].alpn.accepted = {"h2\xff"};
  const Json document = Json::parse(written("json", results));
  CHECK(document["results"][0]["alpn"]["accepted"][0] == "h2\xEF\xBF\xBD");
}

TEST_CASE("formats: each line of NDJSON is the element of the JSON document") {
  const std::vector<probe::HostResult> results = tests::fixed_probe_results();
  const Json document = Json::parse(written("json", results));
  const std::string lines = written("ndjson", results);
  std::size_t begin = 0, count = 0;
  while (begin < lines.size()) {
    const std::size_t end = lines.find('\n', begin);
    REQUIRE(end != std::string::npos);
    CHECK(Json::parse(lines.substr(begin, end - begin)) == document["results"].at(count));
    begin = end + 1;
    ++count;
  }
  CHECK(count == results.size());
}

TEST_CASE("formats: SARIF of a probe names a rule for each result and lists what could not be scanned") {
  const Json document = Json::parse(written("sarif", tests::fixed_probe_results()));
  const Json& run = document["runs"][0];
  REQUIRE(run["results"].size() == 4);
  for (const Json& result : run["results"])
    CHECK(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == result["ruleId"]);
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
  CHECK(run["invocations"][0]["toolExecutionNotifications"].size() == 5);
}

TEST_CASE("formats: summary of a probe counts endpoints, findings and what is not known") {
  report::ProbeTally tally;
  CHECK(report::summary(tally) == "0 endpoints: no findings");
  for (const probe::HostResult& result : tests::fixed_probe_results()) tally.add(result);
  tally.add_bad_target("hosts.txt:17", "port 70000 is out of range; 1 to 65535");
  CHECK(report::summary(tally) ==
        "6 endpoints: 1 error, 2 warnings, 1 info, 2 not complete, 2 not scanned, 1 bad target");
}
