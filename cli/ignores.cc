// tlsward ignores: every suppression, with what came of it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/lint_setup.h"
#include "cli/policy.h"
#include "cli/terminal.h"
#include "core/print.h"
#include "lint/collect.h"
#include "report/ignores.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  LintArguments lint;  // input and configuration alone
  bool json = false;
};

bool is_wrong(const lint::WrittenSuppression& written) {
  if (written.flaw == lint::Flaw::Malformed || written.flaw == lint::Flaw::UnknownWord) return true;
  return std::any_of(written.rules.begin(), written.rules.end(), [](const lint::SuppressedRule& rule) {
    return rule.state == lint::SuppressionState::Expired || rule.state == lint::SuppressionState::Unknown;
  });
}

int print(Arguments arguments) {
  InputArguments& input = arguments.lint.input;
  if (input.paths.empty()) input.paths = {"."};
  SourceMap sources;
  const lint::Configuration configuration =
      find_configuration(arguments.lint.configuration, input.paths, input.stdin_filename, sources);
  Settings settings;
  settings.from(configuration.file);
  lint::Options options = input_options(input);
  options.project = configuration.root;
  options.rules = configuration.rules;
  options.ignores = configuration.ignore;
  options.gateway_globs = configuration.gateways;
  const Setting policy = settings.text("policy", "", configuration.policy, "");
  options.policy = load_policy(policy.value, policy.origin, configuration.root);
  auto files = lint::read_files(wanted_files(arguments.lint, configuration), std::cin, options.limits);
  const auto run = lint::run(std::move(files), rules::all(), options, std::move(sources));
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
  add_input_options(*command, arguments->lint.input);
  add_configuration_options(*command, arguments->lint.configuration);
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
