// What a safe fix may do. Every safe fix of every example, case and configuration is made by itself, and the contexts
// before and after are compared: they are the same, or a facet in `kTakesEffect` becomes what the file plainly says;
// and nothing is let in that was refused before. Where nobody names a release, that holds for every one.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include "gateways/gateway.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/context_change.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

/// Safe fixes that make a facet of a context what the file plainly says, where the gateway today ignores that: a client
/// certificate or pins under a key that matches no host, an id that is written as a fingerprint, a protocol or version
/// under a name that the gateway does not know. No other safe fix changes anything.
const std::set<std::string_view> kOfHost = {"identities", "pins", "verification"};
const std::map<std::string_view, std::set<std::string_view>> kTakesEffect = {
    {"krakend/unknown-version-string", {"versions", "suites TLS 1.3"}},
    {"tls/unknown-alpn", {"alpn"}},
    {"tyk/deep-wildcard-key", kOfHost},
    {"tyk/malformed-certificate-id", {"identities"}},
    {"tyk/malformed-host-key", kOfHost},
    {"tyk/portless-host-key", kOfHost},
    {"tyk/protocol-in-host-key", kOfHost},
    {"tyk/uppercase-host-key", kOfHost}};

/// Releases that differ in what they do, for configurations that name none.
constexpr std::array kReleases = {"flex@1.0",    "flex@1.3",    "flex@1.4",     "flex@1.6",     "flex@1.7",
                                  "flex@1.9",    "flex@1.10",   "flex@1.11",    "flex@1.13",    "krakend@2.0",
                                  "krakend@2.1", "krakend@2.2", "krakend@2.3",  "krakend@2.5",  "krakend@2.6",
                                  "krakend@2.7", "krakend@2.9", "krakend@2.10", "krakend@2.11", "krakend@2.13",
                                  "tyk@5.0",     "tyk@5.2",     "tyk@5.3",      "tyk@5.3.11",   "tyk@5.6",
                                  "tyk@5.8",     "tyk@5.10",    "tyk@5.12",     "tyk@5.14"};

bool may_change(std::string_view rule, std::string_view facet) {
  const auto found = kTakesEffect.find(rule);
  return found != kTakesEffect.end() && found->second.contains(facet);
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

/// The same files without and with a fix.
void compare(const Finding& finding, const lint::Run& before, const lint::Run& after) {
  const tests::Contexts old_contexts = tests::contexts_of(before);
  const tests::Contexts new_contexts = tests::contexts_of(after);
  INFO(finding.rule << ": " << finding.message << "\nfix: " << finding.fix->title);
  CHECK(tests::let_in(old_contexts, new_contexts) == "");
  for (const tests::Change& change : tests::changes(old_contexts, new_contexts)) {
    INFO(change.context << ": " << change.facet << ": '" << change.before << "' -> '" << change.after << "'");
    CHECK(may_change(finding.rule, change.facet));
  }
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
  CHECK(checked >= 18);
}

TEST_CASE("fixes: a safe fix of a case leaves its contexts as they are", "[rules]") {
  std::size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/rules")) {
    if (!entry.is_regular_file()) continue;
    INFO(entry.path().string());
    checked += check_example(
        tests::PreparedExample(entry.path().filename().string(), tests::read_file(entry.path().string())));
  }
  CHECK(checked >= 35);
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
  CHECK(checked >= 18);
}
