// tlsward lint: the main command.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fix.h"
#include "cli/lint_output.h"
#include "cli/lint_setup.h"
#include "cli/observed.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "lint/observed.h"
#include "report/format.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

int list_files(const LintArguments& arguments, const lint::Configuration& configuration) {
  bool failed = false;
  for (const lint::FoundFile& file : wanted_files(arguments, configuration)) {
    if (file.error.empty()) {
      print_to(stdout, "{}\n", file.path);
      continue;
    }
    print_to(stderr, "tlsward: {}: {}\n", file.path, file.error);
    failed = true;
  }
  return std::max(failed ? kIncomplete : kDone, finish_output(stdout, "standard output"));
}

/// A run takes its sources away; every run of --fix needs its own.
SourceMap copy(const SourceMap& sources) {
  SourceMap result;
  for (FileId file = 1; file <= sources.size(); ++file) result.add(sources.path(file), std::string(sources.text(file)));
  return result;
}

struct Judgement {
  std::unique_ptr<lint::Run> run;
  bool would_change = false;  // --diff printed something
  int exit_code = kDone;
};

// With files, endpoints help to judge what the files say of their upstreams; without any they are judged themselves.
Judgement judge(const LintArguments& arguments, const LintSetup& setup) {
  const lint::Options& options = setup.options;
  if (arguments.input.paths.empty() && !arguments.observed.empty())
    return {lint::run_observed(options.observed, rules::all(), options), false, kDone};
  const auto judge_files = [&](std::vector<lint::InputFile> files) {
    return lint::run(std::move(files), rules::all(), options, copy(setup.sources));
  };
  auto files = lint::read_files(wanted_files(arguments, setup.configuration), std::cin, options.limits);
  if (!arguments.fix.any()) return {judge_files(std::move(files)), false, kDone};
  FixResult fixed = fix_files(arguments.fix, files, judge_files);
  return {std::move(fixed.run), arguments.fix.diff && fixed.fixes > 0, fixed.exit_code};
}

void check_standard_input(const LintArguments& arguments) {
  const auto& paths = arguments.input.paths;
  const auto named = std::count(arguments.observed.begin(), arguments.observed.end(), "-");
  const bool linted = std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (named == 0 || (named == 1 && !linted)) return;
  throw UsageError("standard input (-) is named twice; it can be read once");
}

int lint_files(const LintArguments& arguments) {
  LintSetup setup = set_up(arguments);
  if (arguments.show_config) {
    print_settings(setup.configuration, setup.settings);
    return finish_output(stdout, "standard output");
  }
  if (arguments.list_files) return list_files(arguments, setup.configuration);
  const std::vector<Output> where = outputs(setup.formats);
  lint::Options& options = setup.options;
  check_standard_input(arguments);
  check_fix_options(arguments.fix, arguments.input.paths);
  const Observed observed = read_observed(arguments.observed);
  options.observed = observed.endpoints;
  const Judgement judged = judge(arguments, setup);
  lint::Run& run = *judged.run;
  run.errors.insert(run.errors.end(), observed.problems.begin(), observed.problems.end());
  int worst = std::max(judged.exit_code, use_baseline(std::move(setup.baseline), run, options, arguments.quiet));
  // The difference is all that goes to standard output.
  if (arguments.fix.diff)
    print_to(stderr, "{}\n", report::summary(run));
  else
    worst = std::max(
        worst, write_report(run, options.project, where, {arguments.color, arguments.quiet, arguments.statistics}));
  worst = std::max(
      worst, judged.would_change ? std::max(kFindings, lint::exit_code(run, options)) : lint::exit_code(run, options));
  return arguments.exit_zero && worst == kFindings ? kDone : worst;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<LintArguments>();
  CLI::App* command = app.add_subcommand("lint", "check gateway configurations (also without the word: tlsward FILE)");
  add_lint_options(*command, *arguments);
  add_fix_options(*command, arguments->fix);
  command->footer(
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 some input could not be read.\n\n"
      "Examples:\n"
      "  tlsward lint krakend.json\n"
      "  tlsward lint --gateway tyk@5.8 tyk.conf apps/*.json\n"
      "  tlsward lint --format full --format sarif=tlsward.sarif deploy/\n"
      "  render.sh | tlsward lint - --stdin-filename krakend.json\n"
      "  tlsward lint --write-baseline tlsward-baseline.json deploy/   then: --baseline tlsward-baseline.json\n"
      "  tlsward lint --diff deploy/                             what --fix would change\n"
      "  tlsward lint --observed upstreams.ndjson gateway.yaml   with what a probe saw of its upstreams\n"
      "  tlsward lint --observed upstreams.ndjson                what the rules say of those endpoints");
  command->callback([arguments, &exit_code] { exit_code = lint_files(*arguments); });
}

}  // namespace tlsward::cli
