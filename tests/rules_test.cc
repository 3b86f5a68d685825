// Every rule proves its own page: `bad` fires where it says, `good` is silent, a fix mends what it promises to mend.
// Edge cases stand in testdata/rules/<group>/<name>/; their first line may name gateway and options:
//   #~ krakend@2.6 --edition ce
#include "rules/all.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "lint/edit.h"
#include "tests/catch.h"
#include "tests/example.h"

namespace Catch {
template <>
struct StringMaker<tlsward::tests::Marker> {
  static std::string convert(const tlsward::tests::Marker& marker) {
    return fmt::format("{}:{} {}", marker.path, marker.line, marker.rule);
  }
};
}  // namespace Catch

using namespace tlsward;
using tests::Marker;
using tests::PreparedExample;

namespace {

namespace fs = std::filesystem;

std::unique_ptr<PreparedExample> prepare(const lint::Example& example) {
  auto prepared = PreparedExample::make(example);
  if (!prepared) FAIL(prepared.error().message);
  return std::move(*prepared);
}

/// The markers of one rule, each line once.
std::set<Marker> marked(const std::vector<Marker>& markers, std::string_view rule) {
  std::set<Marker> result;
  std::copy_if(markers.begin(), markers.end(), std::inserter(result, result.end()),
               [&](const Marker& marker) { return marker.rule == rule; });
  return result;
}

std::set<Marker> fired(const lint::Run& run, std::string_view rule) {
  const std::vector<Marker> places = tests::places(run, rule);
  return {places.begin(), places.end()};
}

/// What a run says, for the message of a failed check.
std::string told(const lint::Run& run) {
  std::string result;
  for (const Finding& finding : run.findings) {
    const Span where = span_of(finding);
    result += fmt::format("{}:{} {} {}\n", run.sources.path(where.file),
                          run.sources.position(where.file, where.begin).line, finding.rule, finding.message);
  }
  for (const lint::RunError& error : run.errors) result += fmt::format("error {} {}\n", error.path, error.message);
  return result;
}

std::vector<const Finding*> findings_of(const lint::Run& run, std::string_view rule) {
  std::vector<const Finding*> result;
  for (const Finding& finding : run.findings) {
    if (finding.rule == rule) result.push_back(&finding);
  }
  return result;
}

/// Makes every fix of the rule that does not overlap one made before. Returns how many findings have none.
std::size_t fix_all(PreparedExample& example, const lint::Run& run, std::string_view rule) {
  std::size_t without = 0;
  std::map<std::string, std::vector<Edit>> edits;
  for (const Finding* finding : findings_of(run, rule)) {
    if (!finding->fix) {
      ++without;
      continue;
    }
    REQUIRE_FALSE(finding->fix->edits.empty());
    const std::string& path = run.sources.path(finding->fix->edits.front().where.file);
    std::vector<Edit> together = edits[path];
    together.insert(together.end(), finding->fix->edits.begin(), finding->fix->edits.end());
    if (lint::apply_edits(*example.text(path), together)) edits[path] = std::move(together);
  }
  for (const auto& [path, all] : edits) *example.text(path) = *lint::apply_edits(*example.text(path), all);
  return without;
}

/// A fixed file is read without errors and leaves only the findings for which there was no fix.
void check_fixes(PreparedExample& example, const lint::Run& before, std::string_view rule) {
  constexpr int kRounds = 4;  // fixes that overlap are made one after the other
  const std::size_t errors = before.errors.size();
  const bool any = std::any_of(before.findings.begin(), before.findings.end(),
                               [&](const Finding& finding) { return finding.rule == rule && finding.fix; });
  if (!any) return;
  std::size_t without = fix_all(example, before, rule);
  for (int round = 1; round < kRounds; ++round) {
    const auto after = example.run(rules::all());
    INFO("after fixing, round " << round << ":\n" << told(*after));
    CHECK(after->errors.size() <= errors);
    const auto left = findings_of(*after, rule);
    const bool done = std::none_of(left.begin(), left.end(), [](const Finding* finding) { return finding->fix; });
    if (done) {
      CHECK(left.size() <= without);
      return;
    }
    without = fix_all(example, *after, rule);
  }
  FAIL_CHECK("fixes do not come to an end");
}

void check_findings(const lint::Run& run, const lint::Rule& rule) {
  for (const Finding* finding : findings_of(run, rule.id)) {
    INFO(finding->message);
    const bool declared = finding->severity == rule.severity ||
                          std::find(rule.also.begin(), rule.also.end(), finding->severity) != rule.also.end();
    CHECK(declared);
    CHECK(span_of(*finding).known());
    CHECK_FALSE(finding->message.empty());
    CHECK_FALSE(finding->message.ends_with('.'));
    CHECK(finding->message.find("-----BEGIN") == std::string::npos);
    const Span where = span_of(*finding);
    CHECK(where.begin <= where.end);
    CHECK(where.end <= run.sources.text(where.file).size());
  }
}

void check_bad(const lint::Rule& rule) {
  const auto example = prepare(rule.bad);
  const auto expected = marked(example->markers(), rule.id);
  const auto run = example->run(rules::all());
  INFO("bad example:\n" << told(*run));
  // No option of lint gives a probe; tests/rules/flex_upstream_mismatch_test.cc makes its result.
  const bool needs_probe = rule.id == "flex/upstream-mismatch";
  CHECK(expected.empty() == needs_probe);
  CHECK(fired(*run, rule.id) == expected);
  check_findings(*run, rule);
  check_fixes(*example, *run, rule.id);
}

void check_good(const lint::Rule& rule) {
  const auto example = prepare(rule.good);
  const auto run = example->run(rules::all());
  INFO("good example:\n" << told(*run));
  CHECK(run->errors.empty());
  CHECK(fired(*run, rule.id).empty());
}

bool is_id(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

/// Takes gateway and options from a first line `#~ krakend@2.6 --edition ce`; the line stays, empty.
std::pair<std::string, std::string> take_header(std::string& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string line = text.substr(0, end);
  if (!line.starts_with("#~ ") && !line.starts_with("//~ ")) return {};
  text.erase(0, end);
  line.erase(0, line.find(' ') + 1);
  const std::size_t blank = std::min(line.find(' '), line.size());
  return {line.substr(0, blank), line.substr(blank)};
}

}  // namespace

TEST_CASE("rules: examples fire where they say, and nowhere else") {
  for (const lint::Rule* rule : rules::all()) {
    DYNAMIC_SECTION(rule->id << ": bad") {
      check_bad(*rule);
    }
    DYNAMIC_SECTION(rule->id << ": good") {
      check_good(*rule);
    }
  }
}

TEST_CASE("rules: every page is complete") {
  for (const lint::Rule* rule : rules::all()) {
    INFO(rule->id);
    const std::size_t slash = rule->id.find('/');
    REQUIRE(slash != std::string_view::npos);
    CHECK(is_id(rule->id.substr(0, slash)));
    CHECK(is_id(rule->id.substr(slash + 1)));
    CHECK_FALSE(rule->summary.empty());
    CHECK_FALSE(rule->summary.ends_with('.'));
    CHECK_FALSE(rule->why.empty());
    CHECK_FALSE(rule->fix.empty());
    CHECK(std::any_of(rule->cites.begin(), rule->cites.end(),
                      [](const lint::Cite& cite) { return cite.url.starts_with("https://"); }));
    for (const lint::Cite& cite : rule->cites) CHECK_FALSE(cite.title.empty());
    for (Severity severity : rule->also) CHECK(severity != rule->severity);
  }
}

TEST_CASE("rules: the list is sorted, and ids are unique") {
  const auto all = rules::all();
  CHECK(std::is_sorted(all.begin(), all.end(), [](const lint::Rule* a, const lint::Rule* b) { return a->id < b->id; }));
  CHECK(std::adjacent_find(all.begin(), all.end(),
                           [](const lint::Rule* a, const lint::Rule* b) { return a->id == b->id; }) == all.end());
}

TEST_CASE("rules: edge cases fire where they say, and nowhere else") {
  const fs::path root = fs::path(TLSWARD_SOURCE_DIR) / "testdata" / "rules";
  if (!fs::exists(root)) return;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    const fs::path folder = path.parent_path();
    const std::string rule = folder.parent_path().filename().string() + "/" + folder.filename().string();
    const std::string shown = fs::relative(path, root).string();
    DYNAMIC_SECTION(shown) {
      INFO(shown);
      REQUIRE(rules::find(rule));
      std::string text = read(path);
      const auto [gateway, options] = take_header(text);
      const std::string name = path.filename().string();
      const auto example = prepare({.gateway = gateway, .text = text, .name = name, .options = options});
      const auto run = example->run(rules::all());
      INFO(told(*run));
      CHECK(fired(*run, rule) == marked(example->markers(), rule));
      check_findings(*run, *rules::find(rule));
      check_fixes(*example, *run, rule);
    }
  }
}
