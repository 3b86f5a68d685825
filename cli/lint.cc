// tlsward lint: the main command.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <iostream>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/fix.h"
#include "cli/interrupt.h"
#include "cli/judge.h"
#include "cli/lint_output.h"
#include "cli/lint_outputs.h"
#include "cli/lint_setup.h"
#include "cli/observed.h"
#include "cli/projects.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "report/counted.h"
#include "report/format.h"

namespace tlsward::cli {
namespace {

int list_files(const std::vector<LintSetup>& setups, bool none_is_fine) {
  bool failed = false, none = !none_is_fine;
  for (const LintSetup& setup : setups) {
    for (const lint::FoundFile& file : setup.files) {
      none = false;
      if (file.error.empty()) {
        print_as_is(file.path + "\n");
        continue;
      }
      print_to(stderr, "tlsward: {}: {}\n", file.path, file.error);
      failed = true;
    }
  }
  if (none) print_to(stderr, "tlsward: {}\n", lint::kNothingLeft);
  return std::max(failed || none ? kIncomplete : kDone, finish_output(stdout, "standard output"));
}

int show_settings(const std::vector<LintSetup>& setups) {
  for (const LintSetup& setup : setups) {
    if (&setup != &setups.front()) print_to(stdout, "\n");
    print_settings(setup.configuration, setup.settings);
  }
  return finish_output(stdout, "standard output");
}

void check_standard_input(const LintArguments& arguments) {
  const auto& paths = arguments.input.paths;
  const auto named = std::count(arguments.observed.begin(), arguments.observed.end(), "-");
  const bool linted = std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (named == 0 || (named == 1 && !linted)) return;
  throw UsageError("standard input (-) is named twice; it can be read once");
}

/// Paths in a baseline are relative to one root.
void check_baselines(const std::vector<LintSetup>& setups) {
  std::map<std::string, const LintSetup*> by_file;
  for (const LintSetup& setup : setups) {
    const std::string& file = setup.baseline.file;
    const auto [other, added] = by_file.try_emplace(file, &setup);
    if (file.empty() || added) continue;
    throw UsageError(
        fmt::format("the baseline '{}' would be for the projects {} and {}; lint them apart, or name one "
                    "configuration for all with --config",
                    file, other->second->configuration.root, setup.configuration.root));
  }
}

std::vector<LintSetup> set_up_projects(const LintArguments& arguments, SourceMap& sources) {
  std::vector<LintSetup> setups;
  for (Project& project : find_projects(arguments.configuration, arguments.input, sources))
    setups.push_back(set_up(arguments, std::move(project)));
  check_baselines(setups);
  tell_unread_variables(setups.front().settings.variables());
  return setups;
}

void tell_projects(const std::vector<LintSetup>& setups) {
  for (const LintSetup& setup : setups) {
    const std::string& file = setup.configuration.file;
    print_to(stderr, "{} found; judged by {}, project root {}\n", report::counted(setup.files.size(), "file"),
             file.empty() ? "no .tlsward.yaml" : file, setup.configuration.root);
  }
}

void tell_inputs(const lint::Run& run) {
  for (const lint::InputFacts& input : run.inputs) {
    if (input.gateway.empty())
      print_to(stderr, "{}: not known to be a gateway's\n", input.path);
    else
      print_to(stderr, "{}: {}, because of {}; version {}{}, because of {}\n", input.path, input.gateway,
               input.detected_by, input.version, input.version_guessed ? " (guessed)" : "", input.version_by);
  }
}

std::vector<JudgedProject> read_projects(std::vector<LintSetup> setups) {
  std::vector<JudgedProject> projects;
  for (LintSetup& setup : setups) {
    if (setup.files.empty() && setups.size() > 1) continue;
    auto files = lint::read_files(setup.files, std::cin, setup.options.limits);
    projects.push_back({std::move(setup), std::move(files)});
  }
  return projects;
}

/// Sets `stop` on a signal. Before, files are only read, and afterwards the report is printed: a signal ends both at
/// once.
Judgement judge_unless_interrupted(const LintArguments& arguments, std::vector<JudgedProject>& projects,
                                   const Observed& observed, SourceMap sources, std::atomic<bool>& stop) {
  const InterruptGuard guard([&stop] { stop = true; });
  return judge(arguments, projects, observed, std::move(sources), stop);
}

bool is_compared(const LintSetup& setup) {
  return !setup.baseline.file.empty();
}

int lint_files(const LintArguments& arguments) {
  SourceMap sources;
  std::vector<LintSetup> setups = set_up_projects(arguments, sources);
  if (arguments.show_config) return show_settings(setups);
  if (arguments.observed.empty() || arguments.list_files) require_paths(arguments.input);
  if (arguments.list_files) return list_files(setups, arguments.input.skip_unclaimed);
  const std::vector<Output> where = outputs(setups.front().formats.values, setups.front().formats.origin);
  check_outputs(arguments, setups, where);
  check_standard_input(arguments);
  check_fix_options(arguments.fix, arguments.input.paths);
  if (arguments.fix.diff && (!arguments.baseline.write.empty() || arguments.baseline.prune))
    throw UsageError("--diff writes nothing; write or prune the baseline in a run of its own");
  if (arguments.fix.diff && !arguments.formats.empty())
    throw UsageError("--diff prints the difference and no report; leave --format out, or run again without --diff");
  const Observed observed = read_observed(arguments.observed);
  if (arguments.verbose) tell_projects(setups);
  const bool has_baseline = std::any_of(setups.begin(), setups.end(), is_compared);
  std::vector<JudgedProject> projects = read_projects(std::move(setups));
  check_outputs(arguments, projects, where, sources);
  std::atomic<bool> stop = false;
  Judgement judged = judge_unless_interrupted(arguments, projects, observed, std::move(sources), stop);
  const lint::Run& run = *judged.run;
  if (arguments.verbose) tell_inputs(run);
  if (arguments.fix.any()) tell_fixes(arguments.fix, judged.fixes);
  int worst = judged.exit_code;
  // The difference is all that goes to standard output.
  if (arguments.fix.diff) {
    print_difference(judged.fixes.changes);
    worst = std::max(worst, finish_output(stdout, "standard output"));
    print_to(stderr, "{}\n", report::summary(run));
  } else {
    worst = std::max(worst, write_report(run, std::move(judged.fingerprints), where,
                                         {arguments.color, arguments.quiet, arguments.statistics, has_baseline}));
  }
  if (stop) return kInterrupted;
  return arguments.exit_zero && worst == kFindings ? kDone : worst;
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<LintArguments>();
  CLI::App* command = app.add_subcommand("lint", "check gateway configurations (also without the word: tlsward FILE)");
  add_lint_options(*command, *arguments);
  add_fix_options(*command, arguments->fix);
  command->footer(
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 some input could not be read, 130"
      " interrupted.\n\n"
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
