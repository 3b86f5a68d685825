// The files that bring tlsward into other tools say what the program understands.
#include <algorithm>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "core/yaml.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

std::string source(const std::string& name) {
  return tests::read_file(std::string(TLSWARD_SOURCE_DIR) + "/" + name);
}

/// A YAML text with its tree.
struct Yaml {
  explicit Yaml(std::string text) {
    file = sources.add("text.yaml", std::move(text));
    read = read_yaml(sources, file);
    for (const SyntaxError& error : read.errors) problems += error.message + "\n";
  }
  const Node& root() const { return read.documents.front().root; }
  SourceMap sources;
  FileId file = 0;
  ReadFile read;
  std::string problems;
};

std::set<std::string> matches(const std::string& text, const std::string& expression) {
  std::set<std::string> found;
  const std::regex pattern(expression);
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match)
    found.insert((*match)[1].str());
  return found;
}

/// Options of the lines in which `tlsward lint` or `tlsward:action lint` is called.
std::set<std::string> options_of_calls(const std::string& text) {
  std::set<std::string> options;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t call = line.find(" lint ");
    if (line.find("tlsward") == std::string::npos || call == std::string::npos) continue;
    options.merge(matches(line.substr(call), R"((--[a-z-]+))"));
  }
  return options;
}

std::vector<std::string> code_blocks(const std::string& markdown, const std::string& language) {
  std::vector<std::string> blocks;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = markdown.find(fence); at != std::string::npos; at = markdown.find(fence, at)) {
    at += fence.size();
    const std::size_t end = markdown.find("```", at);
    blocks.push_back(markdown.substr(at, end - at));
    at = end + 3;
  }
  return blocks;
}

}  // namespace

TEST_CASE("integrations: every option that they use is one of lint") {
  const tests::TemporaryDirectory directory;
  const std::string help = tests::run_shell("tlsward lint --help", directory.path()).out;
  for (const std::string name : {"action.yml", ".pre-commit-hooks.yaml", "docs/ci.md", "Dockerfile"}) {
    for (const std::string& option : options_of_calls(source(name))) {
      INFO(name << " uses " << option);
      CHECK(help.find(option) != std::string::npos);
    }
  }
  CHECK(options_of_calls(source("action.yml")).contains("--format"));
  CHECK(options_of_calls(source("docs/ci.md")).contains("--write-baseline"));
}

TEST_CASE("integrations: their YAML is YAML, and has what its readers want") {
  const Yaml hooks(source(".pre-commit-hooks.yaml"));
  INFO(hooks.problems);
  REQUIRE(hooks.read.errors.empty());
  REQUIRE(hooks.root().items.size() == 2);
  for (const Node& hook : hooks.root().items) {
    for (const char* key : {"id", "name", "entry", "language", "files"}) CHECK(hook.find(key) != nullptr);
  }
  const Yaml action(source("action.yml"));
  REQUIRE(action.read.errors.empty());
  REQUIRE(action.root().find("runs") != nullptr);
  CHECK(action.root().find("runs")->find("using")->scalar == "composite");
  for (const Node& step : action.root().find("runs")->find("steps")->items)
    CHECK((step.find("uses") != nullptr || (step.find("run") != nullptr && step.find("shell") != nullptr)));
  const auto examples = code_blocks(source("docs/ci.md"), "yaml");
  CHECK(examples.size() == 5);
  for (const std::string& example : examples) {
    const Yaml read(example);
    INFO(example << read.problems);
    CHECK(read.read.errors.empty());
  }
}

TEST_CASE("integrations: the problem matcher reads what concise prints") {
  const Yaml matcher(source("tlsward-problem-matcher.json"));  // JSON is YAML
  REQUIRE(matcher.read.errors.empty());
  const Node& pattern = matcher.root().find("problemMatcher")->items.front().find("pattern")->items.front();
  const std::regex expression(std::string(pattern.find("regexp")->scalar));
  const tests::TemporaryDirectory directory;
  directory.write("deploy/k.json", R"({"version": 3, "endpoints": [], "tls": {"disabled": true}})");
  const std::string out =
      tests::run_shell("tlsward lint --select krakend/disabled-tls --format concise deploy", directory.path()).out;
  std::smatch match;
  const std::string line = out.substr(0, out.find('\n'));
  INFO(line);
  REQUIRE(std::regex_match(line, match, expression));
  CHECK(match[1] == "deploy/k.json");
  CHECK(match[2] == "1");
  CHECK(match[5] == "krakend/disabled-tls");
  // Runners skip what has another severity, and say so for each line.
  CHECK_FALSE(std::regex_match("k.json:1:2: info[tls/missing-x25519]: x", expression));
}

TEST_CASE("integrations: the hook's entry runs as pre-commit would call it") {
  const Yaml hooks(source(".pre-commit-hooks.yaml"));
  const tests::TemporaryDirectory directory;
  directory.write("k.json", R"({"version": 3, "endpoints": [], "tls": {"disabled": true}})");
  directory.write("good.json", R"({"version": 3, "endpoints": []})");
  const std::string entry(hooks.root().items.front().find("entry")->scalar);
  CHECK(tests::run_shell(entry + " --fail-on=error good.json k.json", directory.path()).exit_code == 0);
  CHECK(tests::run_shell(entry + " k.json", directory.path()).exit_code == 1);
  const std::regex files(std::string(hooks.root().items.front().find("files")->scalar));
  for (const char* name : {"k.json", "deploy/gateway.yaml", "a.yml", "tyk.conf"}) CHECK(std::regex_search(name, files));
  CHECK_FALSE(std::regex_search("README.md", files));
}

TEST_CASE("integrations: pre-commit itself runs the hook, whose own files are no gateway's") {
  const tests::TemporaryDirectory directory;
  if (tests::run_shell("command -v git pre-commit", directory.path()).exit_code != 0) {
    std::cout << "\nSKIPPED: needs git and pre-commit, which ./test installs" << std::endl;
    return;
  }
  directory.write("hooks/.pre-commit-hooks.yaml", source(".pre-commit-hooks.yaml"));
  directory.write("project/.pre-commit-config.yaml", "repos: []\n");
  directory.write("project/.tlsward.yaml", "exclude: [old.json]\n");
  directory.write("project/chart.yaml", "{{- if .Values.tls }}\nkind: {{ .Values.kind }}\n{{- end }}\n");
  directory.write("project/good.json", R"({"version": 3, "endpoints": []})");
  directory.write("project/old.json", R"({"version": 3, "endpoints": [], "tls": {"disabled": true}})");
  const std::string prepare =
      "export HOME=$PWD PRE_COMMIT_HOME=$PWD/cache GIT_CONFIG_NOSYSTEM=1; "
      "keep() { git -C $1 init -q && git -C $1 add . && "
      "git -C $1 -c user.name=t -c user.email=t@example.com commit -qm t; }; ";
  const auto made = tests::run_shell(prepare + "keep hooks && keep project", directory.path());
  INFO(made.out << made.err);
  REQUIRE(made.exit_code == 0);
  const std::string hook = "cd project && pre-commit try-repo ../hooks tlsward --all-files";
  const auto passed = tests::run_shell(prepare + hook, directory.path());
  INFO(passed.out << passed.err);
  CHECK(passed.exit_code == 0);
  directory.write("project/new.json", R"({"version": 3, "endpoints": [], "tls": {"disabled": true}})");
  const auto failed = tests::run_shell(prepare + "git -C project add . && " + hook, directory.path());
  INFO(failed.out << failed.err);
  CHECK(failed.exit_code == 1);
  CHECK(failed.out.find("new.json:1:") != std::string::npos);
}

TEST_CASE("integrations: the action leaves a report to upload only where this run wrote one") {
  const Yaml action(source("action.yml"));
  const tests::TemporaryDirectory directory;
  const auto step = [&](const char* name) -> const Node& {
    const auto& steps = action.root().find("runs")->find("steps")->items;
    return *std::find_if(steps.begin(), steps.end(), [&](const Node& one) { return one.find("name")->scalar == name; });
  };
  directory.write("lint.sh", std::string(step("Lint").find("run")->scalar));
  directory.write("bin/docker", "#!/bin/sh\nwhile [ \"$1\" != lint ]; do shift; done\nexec tlsward \"$@\"\n");
  directory.write("k.json", R"({"version": 3, "endpoints": [], "tls": {"disabled": true}})");
  const std::string run =
      "chmod +x bin/docker; echo old >tlsward.sarif; rm -f output; touch summary; export PATH=$PWD/bin:$PATH "
      "GITHUB_OUTPUT=$PWD/output GITHUB_STEP_SUMMARY=$PWD/summary LINT_PATHS=k.json; ";
  const auto outputs = [&](const std::string& arguments) {
    const std::string lint = "LINT_ARGUMENTS='" + arguments + "' bash -eo pipefail lint.sh >/dev/null 2>&1; cat output";
    return tests::run_shell(run + lint, directory.path()).out;
  };
  CHECK(outputs("--fail-on=nonsense") == "status=2\n");
  CHECK(outputs("") == "status=1\nsarif=tlsward.sarif\n");
  // Each is reached although a step before it failed.
  for (const char* name : {"Upload to code scanning", "Result"}) {
    const std::string_view condition = step(name).find("if")->scalar;
    INFO(condition);
    CHECK(condition.starts_with("always()"));
    CHECK(condition.find("steps.lint.outputs.") != std::string_view::npos);
  }
}

TEST_CASE("integrations: the image installs what the build needs, and runs without rights") {
  const std::string dockerfile = source("Dockerfile");
  const std::string setup = source("tools/setup.sh");
  const std::size_t list = setup.find("build_packages=(");
  std::istringstream packages(setup.substr(list + 16, setup.find(')', list) - list - 16));
  std::size_t count = 0;
  for (std::string package; packages >> package; ++count) {
    INFO(package);
    // Only faster.
    CHECK((package == "ccache" || dockerfile.find(" " + package) != std::string::npos));
  }
  CHECK(count >= 10);
  CHECK(dockerfile.find("\nUSER tlsward\n") != std::string::npos);
}

TEST_CASE("integrations: the image holds every library that the program wants") {
  const tests::TemporaryDirectory directory;
  const std::string dockerfile = source("Dockerfile");
  const std::string second = dockerfile.substr(dockerfile.rfind("FROM "));
  const auto libraries = matches(tests::run_shell("ldd \"$TLSWARD\"", directory.path()).out,
                                 R"(lib(crypto|ssl|z|fmt|yaml-cpp|re2|nghttp2)\.so)");
  const std::map<std::string, std::string> packages = {
      {"crypto", "libssl3"},       {"ssl", "libssl3"},  {"z", "zlib1g"},
      {"fmt", "libfmt9"},          {"re2", "libre2-9"}, {"yaml-cpp", "libyaml-cpp0.7"},
      {"nghttp2", "libnghttp2-14"}};
  for (const std::string& library : libraries) {
    INFO(library);
    CHECK(second.find(" " + packages.at(library)) != std::string::npos);
  }
  CHECK(libraries.size() >= 5);
}
