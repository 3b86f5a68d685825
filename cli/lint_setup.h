// What a run of lint was asked to do: its options, and what becomes of them with the environment and .tlsward.yaml.
#pragma once

#include <string>
#include <vector>

#include "cli/baseline.h"
#include "cli/fix.h"
#include "cli/input_options.h"
#include "cli/project_configuration.h"
#include "cli/projects.h"
#include "cli/settings.h"
#include "lint/collect.h"
#include "lint/options.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

/// The words of the command line, before they are checked.
struct LintArguments {
  InputArguments input;
  ConfigurationArguments configuration;
  BaselineArguments baseline;
  FixArguments fix;
  std::vector<std::string> formats, observed;
  std::string fail_on, min_severity, min_confidence, policy;
  std::string color = "auto";
  bool exit_zero = false, quiet = false, verbose = false, list_files = false, show_config = false, statistics = false;
  std::size_t jobs = 0;
  bool no_ignores = false, require_reason = false;
};

/// Everything that was set for one project, from the flags down to the defaults, and what it is for.
struct LintSetup {
  lint::Configuration configuration;
  Settings settings;
  lint::Options options;
  ListSetting formats;
  BaselinePlan baseline;
  std::vector<lint::FoundFile> files;
  std::string policy_file;  // the file behind --policy; empty: none, or one that is part of the program
};

/// Adds the options; `arguments` must outlive `command`.
void add_lint_options(CLI::App& command, LintArguments& arguments);

/// Throws UsageError with what is wrong.
LintSetup set_up(const LintArguments& arguments, Project project);

}  // namespace tlsward::cli
