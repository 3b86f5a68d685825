// tlsward ignores: every suppression, with what came of it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input_options.h"
#include "cli/policy.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "core/print.h"
#include "lint/project.h"
#include "lint/settings_reader.h"
#include "report/ignores.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  InputArguments input;
  ConfigurationArguments configuration;
  bool json = false;
};

/// The same files as lint reads.
std::vector<lint::InputFile> read_wanted(const Arguments& arguments, const lint::Configuration& configuration,
                                         const lint::Options& options) {
  std::vector<lint::FoundFile> files = find_inputs(arguments.input);
  std::erase_if(files, [&](const lint::FoundFile& file) {
    const std::string path = lint::below_root(file.path, configuration.root);
    return !file.named && file.error.empty() &&
           std::any_of(configuration.exclude.begin(), configuration.exclude.end(),
                       [&](const std::string& glob) { return lint::matches_path(glob, path); });
  });
  return lint::read_files(std::move(files), std::cin, options.limits);
}

bool is_wrong(const lint::WrittenSuppression& written) {
  if (written.flaw == lint::Flaw::Malformed || written.flaw == lint::Flaw::UnknownWord) return true;
  return std::any_of(written.rules.begin(), written.rules.end(), [](const lint::SuppressedRule& rule) {
    return rule.state == lint::SuppressionState::Expired || rule.state == lint::SuppressionState::Unknown;
  });
}

int print(Arguments arguments) {
  if (arguments.input.paths.empty()) arguments.input.paths = {"."};
  SourceMap sources;
  const lint::Configuration configuration =
      find_configuration(arguments.configuration, arguments.input.paths, arguments.input.stdin_filename, sources);
  Settings settings;
  settings.from(configuration.file);
  lint::Options options = input_options(arguments.input);
  options.project = configuration.root;
  options.rules = configuration.rules;
  options.ignores = configuration.ignore;
  options.gateway_globs = configuration.gateways;
  const Setting policy = settings.text("policy", "", configuration.policy, "");
  options.policy = load_policy(policy.value, policy.origin, configuration.root);
  const auto run = lint::run(read_wanted(arguments, configuration, options), rules::all(), options, std::move(sources));
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
