#include "lint/baseline.h"

#include <string>
#include <vector>

#include "report/baseline.h"
#include "tests/catch.h"
#include "tests/lint/toy_gateway.h"
#include "tests/process.h"

using namespace tlsward;
namespace toy = tests::toy;

namespace {

/// At every text that begins with "bad".
void report_bad(const gateways::Claimed& claimed, lint::Reporter& out) {
  walk(claimed.document->root, [&](const Node& node) {
    if (node.is_scalar() && node.scalar.starts_with("bad")) out.add(node.where, "bad value", "values");
  });
}

const lint::Rule kBad = [] {
  lint::Rule rule{};
  rule.id = "test/bad";
  rule.check = report_bad;
  return rule;
}();
const lint::Rule* const kRules[] = {&kBad};

class Project {
 public:
  Project() {
    options_ = toy::options();
    options_.project = directory_.path();
  }

  /// Lints files of the project, which are written as well.
  std::unique_ptr<lint::Run> lint(const std::vector<std::pair<std::string, std::string>>& files) {
    std::vector<lint::InputFile> inputs;
    for (const auto& [name, text] : files) {
      directory_.write(name, text);
      lint::InputFile& input = inputs.emplace_back();
      input.path = directory_.path() + "/" + name;
      input.text = text;
    }
    return lint::run(std::move(inputs), kRules, options_);
  }

  std::vector<lint::BaselineEntry> baseline(const lint::Run& run) const {
    return report::baseline_of(run, options_.project);
  }

  lint::BaselineOutcome apply(lint::Run& run, std::vector<lint::BaselineEntry> entries) const {
    return lint::apply_baseline(run, std::move(entries), kRules, options_);
  }

  lint::Options& options() { return options_; }
  const std::string& path() const { return directory_.path(); }

 private:
  tests::TemporaryDirectory directory_;
  lint::Options options_;
};

std::vector<bool> in_baseline(const lint::Run& run) {
  std::vector<bool> result;
  for (const Finding& finding : run.findings) result.push_back(finding.baseline);
  return result;
}

using Flags = std::vector<bool>;

}  // namespace

TEST_CASE("baseline: what it holds does not count, wherever it has moved in the file; anything else is new") {
  Project project;
  const auto entries = project.baseline(*project.lint({{"a.json", R"({"x": "bad1", "y": "bad1"})"}}));
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].path == "a.json");
  CHECK(entries[0].value == "\"bad1\"");
  CHECK(entries[1].ordinal == 1);
  const auto moved =
      project.lint({{"a.json", "{\n\n\"x\": \"bad2\", \"more\": [\"bad1\"],\n \"y\": \"bad1\", \"z\": \"bad1\"}"}});
  CHECK(project.apply(*moved, entries).left_over.empty());
  CHECK(in_baseline(*moved) == Flags{false, true, true, false});
  CHECK(lint::exit_code(*moved, project.options()) == 1);
}

TEST_CASE("baseline: the same subject in another file is another finding") {
  Project project;
  const std::string text = R"({"x": "bad"})";
  const auto entries = project.baseline(*project.lint({{"a.json", text}}));
  const auto both = project.lint({{"a.json", text}, {"b/a.json", text}});
  project.apply(*both, entries);
  CHECK(in_baseline(*both) == Flags{true, false});
}

TEST_CASE("baseline: what is mended is left over, but only where the run would have found it") {
  Project project;
  const std::string bad = R"({"x": "bad"})";
  const auto entries = project.baseline(*project.lint({{"a.json", bad}, {"b.json", bad}}));
  REQUIRE(entries.size() == 2);
  const auto mended = project.lint({{"a.json", "{}"}});
  const auto outcome = project.apply(*mended, entries);
  REQUIRE(outcome.left_over.size() == 1);
  CHECK(outcome.left_over[0].path == "a.json");
  CHECK(outcome.kept.size() == 1);
  project.options().ignore = {"test"};
  CHECK(project.apply(*mended, entries).left_over.empty());
  project.options().ignore = {};
  const auto broken = project.lint({{"a.json", "{"}});
  CHECK(project.apply(*broken, entries).left_over.empty());
  std::vector<lint::BaselineEntry> elsewhere = entries;
  elsewhere[1].path = "gone.json";
  CHECK(project.apply(*mended, elsewhere).left_over.size() == 2);
}

TEST_CASE("baseline: the file is sorted, reads back as it was, and a finding of an endpoint has its name") {
  Project project;
  auto entries = project.baseline(*project.lint({{"b.json", R"({"x": "bad \u00e9"})"}, {"a.json", R"({"x": "bad"})"}}));
  lint::Run probed;
  probed.findings.emplace_back();
  probed.findings[0].rule = "test/bad";
  probed.findings[0].place = Endpoint{"api.example:443", "192.0.2.1", "", 0, "certificate chain (RSA)"};
  entries.push_back(project.baseline(probed).at(0));
  const std::string text = report::baseline_text(entries);
  auto read = report::parse_baseline(text);
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  CHECK((*read)[0].path == "a.json");
  CHECK((*read)[1].path == "api.example:443");
  CHECK((*read)[1].endpoint);
  CHECK((*read)[2].path == "b.json");
  CHECK(report::baseline_text(*read) == text);
  project.apply(probed, *read);
  CHECK(probed.findings[0].baseline);
}

TEST_CASE("baseline: values that may be secret and long ones are not written") {
  Project project;
  const auto entries = project.baseline(
      *project.lint({{"a.json", "{\"password\": \"bad secret\",\n\"long\": \"bad" + std::string(300, 'x') + "\"}"}}));
  REQUIRE(entries.size() == 2);
  CHECK_FALSE(entries[0].value);
  CHECK_FALSE(entries[1].value);
  CHECK(report::baseline_text(entries).find("secret") == std::string::npos);
}

TEST_CASE("baseline: a broken file and another version are refused") {
  const auto problem = [](std::string_view text) {
    const auto read = report::parse_baseline(text);
    return read ? std::string("read") : read.error().message;
  };
  CHECK(problem("{") == "is no JSON text");
  CHECK(problem("[]") == "has no \"schema\"; a baseline has \"tlsward-baseline/2\"");
  CHECK(problem(R"({"schema": "tlsward-baseline/3", "entries": []})") ==
        "has the schema 'tlsward-baseline/3'; 'tlsward-baseline/2' is what this tlsward reads");
  CHECK(
      problem(R"({"schema": "tlsward-baseline/1", "entries": []})").ends_with("; write it anew with --write-baseline"));
  CHECK(problem(R"({"schema": "tlsward-baseline/2"})") == "has no list \"entries\"");
  CHECK(problem(R"({"schema": "tlsward-baseline/2", "entries": [{"rule": "a"}]})").starts_with("has a broken entry 1"));
  CHECK(problem(R"({"schema": "tlsward-baseline/2", "entries": []})") == "read");
}

TEST_CASE("baseline: what is suppressed and what is told about suppressions is not in it") {
  lint::Run run;
  run.findings.resize(3);
  for (Finding& finding : run.findings) finding.rule = "test/bad";
  run.findings[0].suppressed = Suppression{};
  run.findings[1].rule = "suppress/expired";
  CHECK(report::baseline_of(run, {}).size() == 1);
}

TEST_CASE("baseline: items of a list keep their findings when others come or go; another value at a place is new") {
  lint::Run run;
  run.findings.resize(4);
  const auto fingerprint_of = [&](std::size_t index) { return lint::identities(run, {})[index].fingerprint; };
  for (Finding& finding : run.findings) finding.rule = "test/bad";
  run.findings[0].subject = "tls.keys[0].public_key";
  run.findings[1].subject = "tls.keys[12].public_key";
  run.findings[1].value = "1024 bits";
  run.findings[2].subject = "tls.keys[12].public_key";
  run.findings[2].value = "512 bits";
  run.findings[3].subject = "a [] b [x] [";
  CHECK(lint::identities(run, {})[0].subject == "tls.keys[].public_key");
  CHECK(lint::identities(run, {})[3].subject == "a [] b [x] [");
  CHECK(fingerprint_of(1) != fingerprint_of(2));
  const std::string first = fingerprint_of(1);
  run.findings[1].subject = "tls.keys[13].public_key";
  CHECK(fingerprint_of(1) == first);
}
