// The manual page: nothing that the tools for manual pages complain of, and everything that the program has.
#include <iostream>
#include <sstream>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

using tlsward::tests::run_shell;

bool has_program(const std::string& name) {
  const bool there = run_shell("command -v " + name, ".").exit_code == 0;
  if (!there) std::cout << "\nSKIPPED: needs " << name << ", which ./test installs" << std::endl;
  return there;
}

}  // namespace

TEST_CASE("manual: mandoc has nothing to complain of", "[manual]") {
  if (!has_program("mandoc")) return;
  const auto result = run_shell("tlsward man | mandoc -T lint -W warning", ".");
  CHECK(result.exit_code == 0);
  CHECK(result.out.empty());
  CHECK(result.err.empty());
}

TEST_CASE("manual: the page names every command with every long option of its help", "[manual]") {
  if (!has_program("mandoc")) return;
  const std::string page = run_shell("tlsward man | mandoc -T utf8 -O width=200 | sed 's/.\\x08//g'", ".").out;
  for (const char* section : {"SYNOPSIS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES"})
    CHECK(page.find(section) != std::string::npos);
  std::size_t options = 0;
  for (const std::string command : {"lint", "probe", "serve", "show", "explain", "rules", "merge", "diff", "schema"}) {
    CHECK(page.find("tlsward " + command) != std::string::npos);
    std::istringstream help(run_shell("tlsward " + command + " --help", ".").out);
    for (std::string line; std::getline(help, line);) {
      if (!line.starts_with("  -")) continue;
      const std::size_t at = line.find("--");
      if (at == std::string::npos) continue;
      const std::string name = line.substr(at, line.find(' ', at) - at);
      INFO(command << " " << name);
      CHECK(page.find(name) != std::string::npos);
      ++options;
    }
  }
  CHECK(options >= 100);
}
