// The completions, tried in the shells themselves. tests/cli/shells has what drives each.
#include <iostream>
#include <set>
#include <sstream>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

using tlsward::tests::run_shell;
using tlsward::tests::TemporaryDirectory;

const std::string kSource = TLSWARD_SOURCE_DIR;

bool has_shell(const std::string& shell) {
  const bool there = run_shell("command -v " + shell, ".").exit_code == 0;
  if (!there) std::cout << "\nSKIPPED: needs " << shell << ", which ./test installs" << std::endl;
  return there;
}

std::set<std::string> lines(const std::string& text) {
  std::set<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) result.insert(line.substr(0, line.find('\t')));
  return result;
}

/// A directory with a few files, in which the shells complete.
const TemporaryDirectory& directory() {
  static const TemporaryDirectory kDirectory;
  static const bool kFilled = [] {
    kDirectory.write("krakend.json", "{}");
    kDirectory.write("two words.json", "{}");
    kDirectory.write("certs/ca.pem", "");
    return true;
  }();
  static_cast<void>(kFilled);
  return kDirectory;
}

std::set<std::string> in_bash(const std::string& line) {
  return lines(run_shell("bash " + kSource + "/tests/cli/shells/complete.bash " + kSource +
                             "/completions/tlsward.bash \"" + line + "\"",
                         directory().path())
                   .out);
}

std::set<std::string> in_fish(const std::string& line) {
  const std::string command =
      "HOME=$PWD fish --no-config -c \"source " + kSource + "/completions/tlsward.fish; complete -C '" + line + "'\"";
  return lines(run_shell(command, directory().path()).out);
}

/// The line after the tabulator.
std::string in_zsh(const std::string& line) {
  const auto result =
      run_shell("zsh -f " + kSource + "/tests/cli/shells/complete.zsh " + kSource + "/completions \"" + line + "\"",
                directory().path());
  return result.out.substr(0, result.out.find('\n'));
}

using Words = std::set<std::string>;

}  // namespace

TEST_CASE("completions: bash", "[completions]") {
  if (!has_shell("bash")) return;
  CHECK(in_bash("tlsward sch") == Words{"schema"});
  CHECK(in_bash("tlsward kra") == Words{"krakend.json"});
  CHECK(in_bash("tlsward lint two") == Words{"two words.json"});
  CHECK(in_bash("tlsward lint --sel") == Words{"--select"});
  CHECK(in_bash("tlsward --exit") == Words{"--exit-zero"});
  CHECK(in_bash("tlsward --vers") == Words{"--version"});
  CHECK(in_bash("tlsward show --gateway ") == Words{"flex", "krakend", "tyk"});
  // '@' begins a word for readline and is a part of it.
  CHECK(in_bash("tlsward show --gateway krakend@2.1") == Words{"@2.1", "@2.10", "@2.11", "@2.12", "@2.13"});
  CHECK(in_bash("tlsward show --gateway=flex@1.9") == Words{"@1.9"});
  CHECK(in_bash("tlsward schema tyk@").contains("@5.14"));
  CHECK(in_bash("tlsward lint --fail-on=n") == Words{"never"});
  CHECK(in_bash("tlsward lint --select tls/weak-c") == Words{"tls/weak-cipher"});
  CHECK(in_bash("tlsward lint --select=cert,tls/weak-c") == Words{"cert,tls/weak-cipher"});
  CHECK(in_bash("tlsward explain krakend/public-c") == Words{"krakend/public-client-ca"});
  CHECK(in_bash("tlsward lint --format sar") == Words{"sarif"});
  CHECK(in_bash("tlsward lint --format sarif=kra") == Words{"krakend.json"});
  CHECK(in_bash("tlsward lint --certs-dir c") == Words{"certs"});
  CHECK(in_bash("tlsward lint --define X") == Words{});
  CHECK(in_bash("tlsward lint --define X=@kra") == Words{"@krakend.json"});
  CHECK(in_bash("tlsward lint --define X=@c") == Words{"@certs/"});
  CHECK(in_bash("tlsward lint --define X=@").contains("@two\\ words.json"));
  CHECK(in_bash("tlsward schema tyk@5.14 --document ") == Words{"oas", "api", "conf"});
  CHECK(in_bash("tlsward schema --document P") == Words{"PolicyBinding"});
  CHECK(in_bash("tlsward completions ") == Words{"bash", "zsh", "fish"});
}

TEST_CASE("completions: fish", "[completions]") {
  if (!has_shell("fish")) return;
  CHECK(in_fish("tlsward sch") == Words{"schema"});
  CHECK(in_fish("tlsward kra") == Words{"krakend.json"});
  CHECK(in_fish("tlsward lint two") == Words{"two words.json"});
  CHECK(in_fish("tlsward lint --sel") == Words{"--select"});
  CHECK(in_fish("tlsward --exit") == Words{"--exit-zero"});
  CHECK(in_fish("tlsward --vers") == Words{"--version"});
  CHECK(in_fish("tlsward show --gateway ") == Words{"flex", "krakend", "tyk"});
  CHECK(in_fish("tlsward show --gateway krakend@2.1") ==
        Words{"krakend@2.1", "krakend@2.10", "krakend@2.11", "krakend@2.12", "krakend@2.13"});
  CHECK(in_fish("tlsward schema tyk@5.1") ==
        Words{"tyk@5.1", "tyk@5.10", "tyk@5.11", "tyk@5.12", "tyk@5.13", "tyk@5.14"});
  CHECK(in_fish("tlsward lint --fail-on n") == Words{"never"});
  CHECK(in_fish("tlsward lint --select tls/weak-c") == Words{"tls/weak-cipher"});
  CHECK(in_fish("tlsward lint --select cert,tls/weak-c") == Words{"cert,tls/weak-cipher"});
  CHECK(in_fish("tlsward explain krakend/public-c") == Words{"krakend/public-client-ca"});
  CHECK(in_fish("tlsward lint --format sar") == Words{"sarif"});
  CHECK(in_fish("tlsward lint --format sarif=kra") == Words{"sarif=krakend.json"});
  CHECK(in_fish("tlsward lint --certs-dir c") == Words{"certs/"});
  CHECK(in_fish("tlsward lint --define X") == Words{});
  CHECK(in_fish("tlsward schema tyk@5.14 --document ") == Words{"oas", "api", "conf"});
  CHECK(in_fish("tlsward schema --document P") == Words{"PolicyBinding"});
  CHECK(in_fish("tlsward completions ") == Words{"bash", "zsh", "fish"});
}

TEST_CASE("completions: zsh", "[completions]") {
  if (!has_shell("zsh")) return;
  CHECK(in_zsh("tlsward sch") == "tlsward schema ");
  CHECK(in_zsh("tlsward kra") == "tlsward krakend.json ");
  CHECK(in_zsh("tlsward lint two") == "tlsward lint two\\ words.json ");
  CHECK(in_zsh("tlsward lint --sel") == "tlsward lint --select=");
  CHECK(in_zsh("tlsward --exit") == "tlsward --exit-zero ");
  CHECK(in_zsh("tlsward --vers") == "tlsward --version ");
  CHECK(in_zsh("tlsward show --gateway kr") == "tlsward show --gateway krakend ");
  CHECK(in_zsh("tlsward show --gateway krakend@2.9") == "tlsward show --gateway krakend@2.9 ");
  CHECK(in_zsh("tlsward lint --gateway=fl") == "tlsward lint --gateway=flex ");
  CHECK(in_zsh("tlsward schema tyk@5.14") == "tlsward schema tyk@5.14 ");
  CHECK(in_zsh("tlsward schema tyk --document a") == "tlsward schema tyk --document api ");
  CHECK(in_zsh("tlsward schema tyk --document A") == "tlsward schema tyk --document A");
  CHECK(in_zsh("tlsward schema flex --document A") == "tlsward schema flex --document ApiInstance ");
  CHECK(in_zsh("tlsward lint --fail-on=n") == "tlsward lint --fail-on=never ");
  CHECK(in_zsh("tlsward lint --select tls/weak-c") == "tlsward lint --select tls/weak-cipher,");
  CHECK(in_zsh("tlsward lint --select=cert,tls/weak-c") == "tlsward lint --select=cert,tls/weak-cipher,");
  CHECK(in_zsh("tlsward explain krakend/public-c") == "tlsward explain krakend/public-client-ca ");
  CHECK(in_zsh("tlsward lint --format sar") == "tlsward lint --format sarif");
  CHECK(in_zsh("tlsward lint --format sarif=kra") == "tlsward lint --format sarif=krakend.json ");
  CHECK(in_zsh("tlsward lint --certs-dir ce") == "tlsward lint --certs-dir certs/");
  CHECK(in_zsh("tlsward completions z") == "tlsward completions zsh ");
}

TEST_CASE("completions: every option in the help of every command is offered", "[completions]") {
  if (!has_shell("bash")) return;
  std::size_t options = 0;
  const std::set<std::string> first = in_bash("tlsward ");
  for (const std::string command : {"lint", "probe", "serve", "show", "explain", "rules", "merge", "diff", "schema"}) {
    CHECK(first.contains(command));
    const auto offered = in_bash("tlsward " + command + " --");
    std::istringstream help(run_shell("tlsward " + command + " --help", ".").out);
    for (std::string line; std::getline(help, line);) {
      const std::size_t at = line.find("--");
      if (!line.starts_with("  -") || at == std::string::npos) continue;
      const std::string name = line.substr(at, line.find(' ', at) - at);
      INFO(command << " " << name);
      CHECK(offered.contains(name));
      ++options;
    }
  }
  CHECK(options >= 100);
}
