#include "cli/probe_files.h"

#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

#include "core/print.h"

namespace tlsward::cli {
namespace {

constexpr std::size_t kShown = 20;

void show(const std::string& name, const report::ReadProblem& problem) {
  if (problem.line == 0) {
    print_to(stderr, "tlsward: {}: {}\n", name, problem.message);
  } else {
    print_to(stderr, "tlsward: {}:{}: {}\n", name, problem.line, problem.message);
  }
}

}  // namespace

std::string read_probe_file(const std::string& path, report::RuleIds& rules,
                            const std::function<void(report::ReadResult)>& take) {
  const std::string name = path == "-" ? "<stdin>" : path;
  std::ifstream file;
  if (path != "-") file.open(path, std::ios::binary);
  if (path != "-" && !file) {
    const std::string problem = std::generic_category().message(errno);
    print_to(stderr, "tlsward: {}: {}\n", name, problem);
    return problem;
  }
  report::ProbeReader reader(path == "-" ? std::cin : file, rules);
  std::size_t problems = 0;
  while (auto item = reader.next()) {
    if (*item) {
      take(std::move(**item));
    } else if (++problems <= kShown) {
      show(name, item->error());
    }
  }
  if (problems > kShown) print_to(stderr, "tlsward: {}: {} more lines could not be used\n", name, problems - kShown);
  return problems == 0 ? "" : "not every result could be read";
}

}  // namespace tlsward::cli
