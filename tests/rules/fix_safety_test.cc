// What a safe fix may do. Every safe fix of every example, case and configuration is made by itself, and the contexts
// before and after are compared: they are the same, or those of `kTakesEffect` become what the file plainly says; and
// nothing is let in that was refused before, in any release that the gateway may be where nobody names one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

#include "gateways/gateway.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/context_change.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

/// Rules whose safe fixes make a context what the file plainly says, where the gateway today ignores or refuses that.
constexpr std::array<std::string_view, 1> kTakesEffect = {"none"};

/// Releases that differ in what they do, for configurations that name none.
constexpr std::array kReleases = {"flex@1.0",    "flex@1.3",    "flex@1.4",     "flex@1.6",     "flex@1.7",
                                  "flex@1.9",    "flex@1.10",   "flex@1.11",    "flex@1.13",    "krakend@2.0",
                                  "krakend@2.1", "krakend@2.2", "krakend@2.3",  "krakend@2.5",  "krakend@2.6",
                                  "krakend@2.7", "krakend@2.9", "krakend@2.10", "krakend@2.11", "krakend@2.13",
                                  "tyk@5.0",     "tyk@5.2",     "tyk@5.3",      "tyk@5.3.11",   "tyk@5.6",
                                  "tyk@5.8",     "tyk@5.10",    "tyk@5.12",     "tyk@5.14"};

bool takes_effect(std::string_view rule) {
  return std::find(kTakesEffect.begin(), kTakesEffect.end(), rule) != kTakesEffect.end();
}

/// As lint --fix sees it: one that rests on a guess is not safe.
bool is_safe(const Finding& finding) {
  return finding.fix && finding.fix->safe && finding.confidence == Confidence::High;
}

bool rests_on_guess(const lint::Run& run) {
  return std::any_of(run.inputs.begin(), run.inputs.end(),
                     [](const lint::InputFacts& input) { return input.version_guessed; });
}

std::size_t errors(const lint::Run& run) {
  const auto is_error = [](const Finding& finding) { return finding.severity == Severity::Error; };
  return run.errors.size() +
         static_cast<std::size_t>(std::count_if(run.findings.begin(), run.findings.end(), is_error));
}

/// What a fix is compared by: the same files with and without it.
void compare(const Finding& finding, const lint::Run& before, const lint::Run& after) {
  const std::string changed = tests::changes(tests::contexts_of(before), tests::contexts_of(after));
  const std::string admitted = tests::let_in(tests::contexts_of(before), tests::contexts_of(after));
  INFO(finding.rule << ": " << finding.message << "\nfix: " << finding.fix->title);
  CHECK(admitted == "");
  if (!takes_effect(finding.rule)) CHECK(changed == "");
  CHECK(errors(after) <= errors(before));
}

/// Files with the options that they are judged by.
struct Input {
  std::vector<lint::InputFile> files;
  lint::Options options;
};

std::unique_ptr<lint::Run> judge(const Input& input, const std::vector<lint::InputFile>& files) {
  return lint::run(files, rules::all(), input.options);
}

/// The fix in every release of the gateway, where the files leave open which it is.
void compare_releases(const Input& input, const std::vector<lint::InputFile>& fixed, const lint::Run& guessed,
                      const Finding& finding) {
  for (const std::string_view release : kReleases) {
    std::string error;
    const auto choice = gateways::parse_gateway_choice(release, error);
    REQUIRE(choice);
    if (guessed.inputs.front().gateway != choice->gateway->id) continue;
    Input named{input.files, input.options};
    named.options.gateways = {*choice};
    INFO("as " << release);
    compare(finding, *judge(named, input.files), *judge(named, fixed));
  }
}

/// How many safe fixes were compared.
std::size_t check_input(const Input& input) {
  std::size_t checked = 0;
  const auto run = judge(input, input.files);
  for (const Finding& finding : run->findings) {
    if (!is_safe(finding)) continue;
    const auto fixed = tests::PreparedExample::fixed(input.files, *run, {&finding}, true);
    compare(finding, *run, *judge(input, fixed));
    if (rests_on_guess(*run)) compare_releases(input, fixed, *run, finding);
    ++checked;
  }
  return checked;
}

std::size_t check_example(const tests::PreparedExample& example) {
  return check_input({example.files(), example.options()});
}

/// The files of an entry below testdata/configs, judged together.
std::vector<lint::InputFile> files_of(const fs::path& path) {
  std::vector<fs::path> paths = {path};
  if (fs::is_directory(path)) paths.assign(fs::directory_iterator(path), fs::directory_iterator());
  std::sort(paths.begin(), paths.end());
  std::vector<lint::InputFile> files;
  for (const fs::path& file : paths) files.push_back({file.filename().string(), tests::read_file(file.string()), {}});
  return files;
}

/// "krakend@2.6" for testdata/configs/krakend/2.6-minimal.json, else "krakend".
gateways::GatewayChoice gateway_of(const fs::path& path) {
  const std::string gateway = path.parent_path().filename().string();
  const std::string name = path.filename().string();
  const std::string version = name.substr(0, name.find('-'));
  const bool is_version = version.find_first_not_of("0123456789.") == std::string::npos;
  std::string error;
  const auto choice = gateways::parse_gateway_choice(is_version ? gateway + "@" + version : gateway, error);
  REQUIRE(choice);
  return *choice;
}

}  // namespace

TEST_CASE("fixes: a safe fix of a rule's example leaves its contexts as they are", "[rules]") {
  std::size_t checked = 0;
  for (const lint::Rule* rule : rules::all()) {
    INFO(rule->id);
    checked += check_example(tests::PreparedExample(rule->bad));
  }
  CHECK(checked >= 15);
}

TEST_CASE("fixes: a safe fix of a case leaves its contexts as they are", "[rules]") {
  std::size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/rules")) {
    if (!entry.is_regular_file()) continue;
    INFO(entry.path().string());
    checked += check_example(
        tests::PreparedExample(entry.path().filename().string(), tests::read_file(entry.path().string())));
  }
  CHECK(checked >= 20);
}

TEST_CASE("fixes: a safe fix of a configuration leaves its contexts as they are", "[rules]") {
  std::size_t checked = 0;
  for (const auto& folder : fs::directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/configs")) {
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".out") continue;
      INFO(entry.path().string());
      Input input{files_of(entry.path()), {}};
      input.options.at = *lint::parse_time("2026-11-22");
      input.options.gateways = {gateway_of(entry.path())};
      checked += check_input(input);
    }
  }
  CHECK(checked >= 5);
}
