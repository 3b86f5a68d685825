// tlsward policies: the guidelines that --policy knows, with their sources; and one of them as its file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"
#include "cli/policy.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"

namespace tlsward::cli {
namespace {

void print_list() {
  for (const lint::BuiltInPolicy& built_in : lint::built_in_policies()) {
    const auto policy = load_policy(std::string(built_in.name), "policies", ".");
    print_to(stdout, "{:<22} {}\n{:<22} {} (read on {})\n", policy->name, policy->title, "", policy->url, policy->date);
  }
}

void print_one(const std::string& name) {
  std::vector<std::string_view> names;
  for (const lint::BuiltInPolicy& built_in : lint::built_in_policies()) names.push_back(built_in.name);
  print_to(stdout, "{}", lint::built_in_policies()[choice("NAME", name, names)].text);
}

int print(const std::string& name) {
  if (name.empty())
    print_list();
  else
    print_one(name);
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_policies(CLI::App& app, int& exit_code) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("policies", "list the policies that --policy knows, or print one as its file");
  command->add_option("NAME", *name, "print this one: a file to begin one's own with");
  command->footer(
      "Examples:\n"
      "  tlsward policies\n"
      "  tlsward policies mozilla-intermediate >policy.yaml\n"
      "  tlsward lint --policy policy.yaml krakend.json");
  command->callback([name, &exit_code] { exit_code = print(*name); });
}

}  // namespace tlsward::cli
