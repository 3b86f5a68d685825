// A case of severity that nothing shows may not exist.
#include <filesystem>
#include <regex>
#include <set>

#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

using Seen = std::set<std::pair<std::string, Severity>>;

void add_findings(const lint::Run& run, Seen& seen) {
  for (const Finding& finding : run.findings) seen.emplace(finding.rule, finding.severity);
}

void add_cases(Seen& seen) {
  for (const auto& entry : fs::recursive_directory_iterator(TLSWARD_SOURCE_DIR "/testdata/rules")) {
    if (!entry.is_regular_file()) continue;
    const tests::PreparedExample example(entry.path().filename().string(), tests::read_file(entry.path().string()));
    add_findings(*example.run(), seen);
  }
}

/// What the tests of whole configurations hold: "6:12 warning[flex/ip-upstream] …".
void add_configurations(Seen& seen) {
  const std::regex line("(error|warning|info)\\[([a-z0-9/-]+)\\]");
  for (const auto& entry : fs::recursive_directory_iterator(TLSWARD_SOURCE_DIR "/testdata/configs")) {
    if (entry.path().extension() != ".out") continue;
    const std::string text = tests::read_file(entry.path().string());
    for (std::sregex_iterator found(text.begin(), text.end(), line), end; found != end; ++found) {
      const std::string word = (*found)[1];
      seen.emplace((*found)[2], word == "error"     ? Severity::Error
                                : word == "warning" ? Severity::Warning
                                                    : Severity::Info);
    }
  }
}

/// Shown elsewhere, because a single file is not enough: what git tracks (git_index_test.cc), what a directory holds
/// (flex_directory.scenario), and what an upstream shows (contexts_test.cc).
const Seen kElsewhere = {{"config/inline-private-key", Severity::Error},
                         {"flex/dangling-target", Severity::Error},
                         {"flex/https-without-context", Severity::Error},
                         {"cert/incomplete-chain", Severity::Error}};

}  // namespace

TEST_CASE("every severity that a rule may use is used in an example, a case or a configuration", "[rules]") {
  Seen seen = kElsewhere;
  for (const lint::Rule* rule : rules::all()) add_findings(*tests::PreparedExample(rule->bad).run(), seen);
  add_cases(seen);
  add_configurations(seen);
  for (const lint::Rule* rule : rules::all()) {
    if (rule->needs_probe) continue;
    std::vector<Severity> severities = rule->also;
    severities.push_back(rule->severity);
    for (const Severity severity : severities) {
      INFO(rule->id << ": " << name(severity));
      CHECK(seen.contains({std::string(rule->id), severity}));
    }
  }
}
