// Every rule is tested by the examples that its page shows, and by the cases under testdata/rules.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
using tests::findings_of;
using tests::Marker;
using tests::places;
using tests::PreparedExample;

std::string all_findings(const lint::Run& run) {
  std::string result;
  for (const Finding& finding : run.findings) {
    const Span where = span_of(finding);
    result += fmt::format("{}:{} [{}] {}: {}\n", run.sources.path(where.file),
                          run.sources.position(where.file, where.begin).line, finding.rule, name(finding.severity),
                          finding.message);
  }
  for (const lint::RunError& error : run.errors) result += fmt::format("{}: {}\n", error.path, error.message);
  return result;
}

bool may_use(const lint::Rule& rule, Severity severity) {
  return severity == rule.severity || std::find(rule.also.begin(), rule.also.end(), severity) != rule.also.end();
}

void check_wording(const lint::Rule& rule, const Finding& finding) {
  INFO(finding.message);
  CHECK(may_use(rule, finding.severity));
  CHECK_FALSE(finding.message.empty());
  CHECK_FALSE(finding.message.ends_with('.'));
  CHECK(finding.message.find("  ") == std::string::npos);
  CHECK(finding.message.find("-----BEGIN") == std::string::npos);
}

/// A finding points into the text that was linted.
void check_place(const lint::Run& run, const Finding& finding) {
  const Span where = span_of(finding);
  CHECK(where.known());
  CHECK(where.begin <= where.end);
  CHECK(where.end <= run.sources.text(where.file).size());
}

/// `rule` fires where it is marked and nowhere else; other marked rules fire there too.
void check_markers(const PreparedExample& example, const lint::Run& run, std::string_view rule) {
  const std::vector<Marker> found = places(run, rule);
  INFO("expected\n" << tests::text(example.markers(rule)) << "found\n" << tests::text(found));
  CHECK(found == example.markers(rule));
  for (const Marker& marker : example.markers()) {
    const auto others = places(run, marker.rule);
    INFO("marked " << marker.rule << " in line " << marker.line);
    CHECK((!rules::find(marker.rule) || std::find(others.begin(), others.end(), marker) != others.end()));
  }
}

using EffectiveTls = std::pair<std::vector<tls::Version>, std::map<tls::Version, std::vector<tls::CipherSuite>>>;

std::map<std::string, EffectiveTls> effective(const lint::Run& run) {
  std::map<std::string, EffectiveTls> result;
  for (const auto& set : run.sets) {
    for (const tls::TlsContext& context : set->reading.contexts) {
      auto ciphers = context.ciphers.value;
      // A suite with a pre-shared key that nobody can set is in no handshake.
      for (auto& [version, suites] : ciphers)
        std::erase_if(suites,
                      [&](tls::CipherSuite suite) { return tls::uses_psk(suite) && !context.psk_configurable; });
      result[context.subject] = {context.versions.value, std::move(ciphers)};
    }
  }
  return result;
}

std::size_t with_fix(const std::vector<const Finding*>& findings) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(), [](const Finding* finding) { return finding->fix.has_value(); }));
}

/// Every finding that has a fix is gone after it. Fixes that touch each other take a round each.
void check_fixes(const PreparedExample& example, const lint::Run& run, const lint::Rule& rule) {
  const auto before = findings_of(run, rule.id);
  const std::size_t fixable = with_fix(before);
  if (fixable == 0) return;
  auto files = example.fixed(example.files(), run, before, false);
  auto after = example.run(files);
  for (std::size_t round = 1; round < fixable && with_fix(findings_of(*after, rule.id)) > 0; ++round) {
    files = example.fixed(files, *after, findings_of(*after, rule.id), false);
    after = example.run(files);
  }
  INFO("after the fix\n" << all_findings(*after));
  CHECK(after->errors.size() == run.errors.size());
  CHECK(findings_of(*after, rule.id).size() == before.size() - fixable);
}

/// A safe fix of a tls rule changes nothing that a handshake could show.
void check_safe_fixes(const PreparedExample& example, const lint::Run& run, const lint::Rule& rule) {
  if (lint::group(rule.id) != "tls") return;
  const auto after = example.run(example.fixed(example.files(), run, findings_of(run, rule.id), true));
  CHECK(effective(*after) == effective(run));
}

struct Case {
  std::filesystem::path path;
  std::string rule;
};

std::vector<Case> cases() {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(TLSWARD_SOURCE_DIR) / "testdata" / "rules";
  std::vector<Case> result;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || (extension != ".json" && extension != ".yaml" && extension != ".conf")) continue;
    const fs::path rule = fs::relative(entry.path().parent_path(), root);
    result.push_back({entry.path(), rule.generic_string()});
  }
  std::sort(result.begin(), result.end(), [](const Case& a, const Case& b) { return a.path < b.path; });
  return result;
}

}  // namespace

TEST_CASE("every rule says what it is, why, and where that is written", "[rules]") {
  const std::regex id("(config|cert|tls|flex|krakend|tyk|suppress)/[a-z0-9]+(-[a-z0-9]+)*");
  for (const lint::Rule* rule : rules::all()) {
    INFO(rule->id);
    CHECK(std::regex_match(std::string(rule->id), id));
    CHECK_FALSE(rule->summary.empty());
    CHECK_FALSE(rule->summary.ends_with('.'));
    CHECK(rule->why.size() > 40);
    CHECK(rule->why.ends_with('.'));
    CHECK_FALSE(rule->fix.empty());
    CHECK(std::any_of(rule->cites.begin(), rule->cites.end(),
                      [](const lint::Cite& cite) { return cite.url.starts_with("https://") && !cite.title.empty(); }));
    for (const auto& replaced : {rule->replaces, rule->replaces_in_context}) {
      for (const std::string_view other : replaced) {
        CHECK(std::regex_match(std::string(other), id));
        CHECK(other != rule->id);
      }
    }
    CHECK_FALSE(rule->bad.text.empty());
    CHECK_FALSE(rule->good.text.empty());
    CHECK(std::find(rule->also.begin(), rule->also.end(), rule->severity) == rule->also.end());
  }
}

TEST_CASE("the list of rules is ascending and holds none twice", "[rules]") {
  const auto all = rules::all();
  const auto not_ascending = std::adjacent_find(
      all.begin(), all.end(), [](const lint::Rule* a, const lint::Rule* b) { return a->id >= b->id; });
  CHECK(not_ascending == all.end());
}

TEST_CASE("every rule fires in its bad example at each marked line and nowhere else", "[rules]") {
  for (const lint::Rule* rule : rules::all()) {
    const PreparedExample example(rule->bad);
    const auto run = example.run();
    INFO(rule->id << "\n" << all_findings(*run));
    CHECK(example.markers(rule->id).empty() == rule->needs_probe);
    check_markers(example, *run, rule->id);
    for (const Finding* finding : findings_of(*run, rule->id)) {
      check_wording(*rule, *finding);
      check_place(*run, *finding);
    }
  }
}

TEST_CASE("no rule fires in its own good example", "[rules]") {
  for (const lint::Rule* rule : rules::all()) {
    const PreparedExample example(rule->good);
    const auto run = example.run();
    INFO(rule->id << "\n" << all_findings(*run));
    CHECK(findings_of(*run, rule->id).empty());
    CHECK(run->errors.empty());
  }
}

TEST_CASE("the fixes of a rule mend its bad example", "[rules]") {
  for (const lint::Rule* rule : rules::all()) {
    const PreparedExample example(rule->bad);
    const auto run = example.run();
    INFO(rule->id);
    check_fixes(example, *run, *rule);
    check_safe_fixes(example, *run, *rule);
  }
}

TEST_CASE("rules fire at the marked lines of their cases and stay silent in those that end in -ok", "[rules]") {
  for (const Case& one : cases()) {
    INFO(one.path.string());
    const lint::Rule* rule = rules::find(one.rule);
    REQUIRE(rule);
    const PreparedExample example(one.path.filename().string(), tests::read_file(one.path.string()));
    const auto run = example.run();
    INFO(all_findings(*run));
    const bool silent = one.path.stem().string().ends_with("-ok");
    CHECK(example.markers(one.rule).empty() == silent);
    check_markers(example, *run, one.rule);
    for (const Finding* finding : findings_of(*run, one.rule)) check_wording(*rule, *finding);
    check_fixes(example, *run, *rule);
    check_safe_fixes(example, *run, *rule);
  }
}
