#include <algorithm>
#include <filesystem>

#include "lint/configuration_read.h"
#include "lint/project.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

constexpr std::array<std::string_view, 3> kRules = {"cert/expiring-soon", "tls/missing-x25519", "tls/weak-cipher"};
constexpr std::array<std::string_view, 2> kFormats = {"full", "sarif"};

struct Reading {
  SourceMap sources;
  std::vector<lint::SettingsError> errors;
  std::optional<lint::Configuration> configuration;

  explicit Reading(std::string text) {
    const FileId file = sources.add(".tlsward.yaml", std::move(text));
    configuration = lint::read_configuration(sources, file, kRules, kFormats, errors);
  }
  /// "1:3 message", one a line.
  std::string problems() const {
    std::string text;
    for (const auto& error : errors) {
      const Position at = sources.position(1, error.where.begin);
      text += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + error.message + "\n";
    }
    return text;
  }
};

}  // namespace

TEST_CASE("configuration: everything that can be said is read") {
  const Reading reading(R"(required-version: ">=0.1"
policy: mozilla-old
fail-on: error
min-severity: warning
min-confidence: high
select: [tls, cert/expiring-soon]
exclude: "vendor/"
formats: [full, sarif=out.sarif]
gateways:
  "deploy/tyk/*.json": tyk@5.3
  "*.conf": tyk
rules:
  tls/missing-x25519: warning
  tls/weak-cipher: off
  cert/expiring-soon: {severity: error, warn-days: 45}
ignore:
  - rule: tls/weak-cipher
    path: "legacy/*.json"
    at: /tls/cipher_suites
    reason: payment terminals
    owner: net-team
    until: 2027-01-31
baseline: .tlsward-baseline.json
require-reason: true
)");
  INFO(reading.problems());
  REQUIRE(reading.configuration);
  const lint::Configuration& read = *reading.configuration;
  CHECK(read.policy == "mozilla-old");
  CHECK(read.fail_on == "error");
  CHECK(read.min_severity == "warning");
  CHECK(read.min_confidence == "high");
  CHECK(read.select == std::vector<std::string>{"tls", "cert/expiring-soon"});
  CHECK(read.exclude == std::vector<std::string>{"vendor/"});
  CHECK(read.formats.size() == 2);
  REQUIRE(read.gateways.size() == 2);
  CHECK(read.gateways[0].choice.gateway->id == "tyk");
  CHECK(gateways::name(read.gateways[0].choice.version.value()) == "5.3");
  CHECK_FALSE(read.gateways[1].choice.version);
  CHECK(read.rules.at("tls/missing-x25519").severity == Severity::Warning);
  CHECK(read.rules.at("tls/weak-cipher").off);
  CHECK(read.rules.at("cert/expiring-soon").warn_days == 45);
  REQUIRE(read.ignore.size() == 1);
  CHECK(read.ignore[0].at == "/tls/cipher_suites");
  CHECK(read.ignore[0].until == "2027-01-31");
  CHECK(reading.sources.position(1, read.ignore[0].where.begin).line == 17);
  CHECK(read.baseline == ".tlsward-baseline.json");
  CHECK(read.require_reason);
}

TEST_CASE("configuration: an empty file says nothing") {
  for (const char* text : {"", "# only a comment\n"}) {
    const Reading reading(text);
    INFO(reading.problems());
    CHECK(reading.configuration);
  }
}

TEST_CASE("configuration: every mistake is told with its place") {
  const Reading reading(R"(fail-onn: error
fail-on: eror
select: [tls/weak-cypher]
gateways: {"*.json": kraken}
rules:
  tls/missing-x25519: {severity: off, warn-days: 3}
  cert/expiring-soon: {warn-days: 0}
ignore:
  - path: "*.json"
    until: 31.1.2027
    at: tls
policy: [a]
)");
  CHECK_FALSE(reading.configuration);
  const std::string problems = reading.problems();
  INFO(problems);
  for (const char* expected :
       {"1:1 'fail-onn' is no setting; did you mean 'fail-on'?\n",
        "2:10 fail-on is 'eror', not one of info, warning, error, never; did you mean 'error'?\n",
        "3:10 no rule 'tls/weak-cypher'; did you mean 'tls/weak-cipher'?; see 'tlsward rules'\n", "4:22 gateways: ",
        "6:39 warn-days is of cert/expiring-soon alone\n", "7:35 warn-days is '0', not a number from 1 to 3650\n",
        "9:5 an entry of ignore needs 'rule'\n", "10:12 until is '31.1.2027', no date like 2027-01-31\n",
        "11:9 at is 'tls', no JSON pointer; write '/tls/keys'\n", "12:9 policy is a list, not a text\n"})
    CHECK(problems.find(expected) != std::string::npos);
}

TEST_CASE("configuration: formats and policies are checked, whatever the command line says") {
  CHECK(Reading("formats: [sarif, sarif=]\npolicy: mozila-old\n").problems() ==
        "1:18 formats: 'sarif=' names no file behind '='\n"
        "2:9 policy is 'mozila-old', not one of mozilla-intermediate, mozilla-modern, mozilla-old, rfc-9325; did you "
        "mean 'mozilla-old'?\n");
  CHECK(Reading("formats: sarfi=x.sarif\n").problems() ==
        "1:10 formats: 'sarfi' is not one of full, sarif; did you mean 'sarif'?\n");
  CHECK(Reading("policy: house.yaml\n").problems().empty());
}

TEST_CASE("configuration: a group, a part of an id and the beginning of a word are suggested") {
  CHECK(Reading("select: [crt]\nfail-on: warn\nrules: {weak-cipher: off}\n").problems() ==
        "1:10 no rule 'crt'; did you mean 'cert'?; see 'tlsward rules'\n"
        "2:10 fail-on is 'warn', not one of info, warning, error, never; did you mean 'warning'?\n"
        "3:9 no rule 'weak-cipher'; did you mean 'tls/weak-cipher'?; see 'tlsward rules'\n");
}

TEST_CASE("configuration: broken YAML, other roots and second documents are errors") {
  CHECK(Reading("fail-on: \"error\n").problems().starts_with("1:"));
  CHECK(Reading("- fail-on\n").problems() == "1:1 a list where a map of settings is wanted\n");
  CHECK(Reading("fail-on: error\nfail-on: info\n").problems() == "2:1 'fail-on' stands twice\n");
  CHECK_FALSE(Reading("fail-on: error\n---\nfail-on: info\n").errors.empty());
}

TEST_CASE("configuration: required versions") {
  using lint::meets_version;
  CHECK(meets_version(">=0.1", "0.1.0") == true);
  CHECK(meets_version("0.1", "0.1.7") == true);
  CHECK(meets_version(">=0.2", "0.1.9") == false);
  CHECK(meets_version(">=0.1, <0.3", "0.2.4") == true);
  CHECK(meets_version(">=0.1, <0.2", "0.2.0") == false);
  CHECK(meets_version("== 1.0.0", "1.0.0") == true);
  CHECK_FALSE(meets_version("newest", "0.1.0"));
  CHECK_FALSE(meets_version("", "0.1.0"));
}

TEST_CASE("configuration: what is newer than a rule set") {
  using lint::is_newer;
  CHECK(is_newer("0.2.0", "0.1") == true);
  CHECK(is_newer("0.1.7", "0.1") == false);
  CHECK(is_newer("0.1.7", "0.1.6") == true);
  CHECK(is_newer("0.10.0", "0.9") == true);
  CHECK(is_newer("1.0.0", "1.0.0") == false);
  CHECK_FALSE(is_newer("0.1.0", ">=0.1"));
  CHECK_FALSE(is_newer("0.1.0", ""));
}

TEST_CASE("project: the nearest .tlsward.yaml up to the repository's root") {
  const tests::TemporaryDirectory directory;
  directory.write(".tlsward.yaml", "");
  directory.write("inner/.git/HEAD", "");
  directory.write("inner/deploy/a.json", "{}");
  directory.write("other/b.json", "{}");
  const std::string root = lint::find_project(directory.path()).root;
  CHECK(lint::find_project(directory.path() + "/other/b.json") == lint::Project{root + "/.tlsward.yaml", root});
  CHECK(lint::find_project(directory.path() + "/inner/deploy/a.json") == lint::Project{"", root + "/inner"});
  CHECK(lint::find_project(directory.path() + "/other/not-there/c.json").root == root);
  CHECK(lint::below_root(directory.path() + "/other/b.json", root) == "other/b.json");
  CHECK(lint::below_root("/elsewhere/b.json", root) == "/elsewhere/b.json");
  CHECK(lint::lies_below(directory.path() + "/other", root));
  CHECK_FALSE(lint::lies_below("/elsewhere/b.json", root));
}

TEST_CASE("project: a link to a file lies where the link is, as a mounted ConfigMap has it") {
  const tests::TemporaryDirectory directory;
  directory.write(".tlsward.yaml", "");
  directory.write("conf/..2026_11_26/a.json", "{}");
  std::filesystem::create_symlink("..2026_11_26/a.json", directory.path() + "/conf/a.json");
  const std::string root = lint::find_project(directory.path()).root;
  CHECK(lint::below_root(directory.path() + "/conf/a.json", root) == "conf/a.json");
}

TEST_CASE("project: globs are those of .gitignore") {
  CHECK(lint::matches_path("vendor/", "vendor/a/b.json"));
  CHECK(lint::matches_path("*.conf", "deploy/tyk.conf"));
  CHECK(lint::matches_path("/deploy/*.json", "deploy/a.json"));
  CHECK_FALSE(lint::matches_path("/deploy/*.json", "x/deploy/a.json"));
  CHECK(lint::matches_path("deploy/**/*.json", "deploy/a/b/c.json"));
  CHECK_FALSE(lint::matches_path("vendor/", "vendor.json"));
}
