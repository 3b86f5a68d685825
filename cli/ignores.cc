// tlsward ignores: every suppression, with what came of it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input_options.h"
#include "cli/policy.h"
#include "cli/projects.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "core/print.h"
#include "lint/collect.h"
#include "report/ignores.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  InputArguments input;
  ConfigurationArguments configuration;
  bool json = false;
};

bool is_wrong(const lint::WrittenSuppression& written) {
  if (written.flaw == lint::Flaw::Malformed || written.flaw == lint::Flaw::UnknownWord) return true;
  return std::any_of(written.rules.begin(), written.rules.end(), [](const lint::SuppressedRule& rule) {
    return rule.state == lint::SuppressionState::Expired || rule.state == lint::SuppressionState::Unknown;
  });
}

lint::Options options_of(const InputArguments& input, const Project& project) {
  const lint::Configuration& configuration = project.configuration;
  lint::Options options = input_options(input);
  options.project = configuration.root;
  options.whole_project = project.whole;
  options.rules = configuration.rules;
  options.ignores = configuration.ignore;
  options.gateway_globs = configuration.gateways;
  Settings settings;
  settings.from(configuration.file);
  const Setting policy = settings.text("policy", "", configuration.policy, "");
  options.policy = load_policy(policy.value, policy.origin, configuration.root);
  return options;
}

int print(Arguments arguments) {
  InputArguments& input = arguments.input;
  if (input.paths.empty()) input.paths = {"."};
  SourceMap sources;
  const std::vector<Project> projects = find_projects(arguments.configuration, input, sources);
  std::deque<lint::Options> options;
  std::unique_ptr<lint::Run> run;
  for (const Project& project : projects) {
    if (project.files.empty() && projects.size() > 1) continue;
    options.push_back(options_of(input, project));
    auto one = lint::run(lint::read_files(project.files, std::cin, options.back().limits), rules::all(), options.back(),
                         std::move(run ? run->sources : sources));
    if (run)
      lint::append(*run, std::move(one));
    else
      run = std::move(one);
  }
  if (arguments.json)
    report::write_ignores_json(*run, stdout);
  else
    report::write_ignores_text(*run, stdout);
  for (const lint::RunError& error : run->errors)
    print_to(stderr, "tlsward: {}{}{}\n", error.path, error.path.empty() ? "" : ": ", error.message);
  const int written = finish_output(stdout, "standard output");
  if (!run->errors.empty()) return kIncomplete;
  const bool wrong = std::any_of(run->suppressions.begin(), run->suppressions.end(), is_wrong);
  return std::max(written, wrong ? kFindings : kDone);
}

}  // namespace

void add_ignores(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "ignores", "list every suppression: where, what, why, by whom, until when, and whether it holds");
  add_input_options(*command, arguments->input);
  add_configuration_options(*command, arguments->configuration);
  command->add_flag("--json", arguments->json, "as JSON (tlsward-ignores/1)");
  command->footer(
      "Without PATH the working directory is read.\n"
      "Exit codes: 0 done, 1 some suppression has ended, names no rule or cannot be understood, 2 wrong usage, 3 some "
      "input could not be read.\n\n"
      "Examples:\n"
      "  tlsward ignores\n"
      "  tlsward ignores --json deploy/ >suppressions.json");
  command->callback([arguments, &exit_code] { exit_code = print(*arguments); });
}

}  // namespace tlsward::cli
