// --write-baseline, --baseline and --prune-baseline of lint.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/settings.h"
#include "lint/baseline.h"
#include "lint/configuration.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

struct BaselineArguments {
  std::string write, use;
  bool prune = false;
};
void add_baseline_options(CLI::App& app, BaselineArguments& arguments);

/// What lint does about a baseline; by default nothing.
struct BaselinePlan {
  std::string file;  // empty: there is none
  bool write = false, prune = false;
  std::vector<lint::BaselineEntry> entries;  // as read
};

/// Reads the baseline that the flags, the environment or .tlsward.yaml name. Throws UsageError where it cannot be read,
/// is broken or of another version, or where the flags contradict each other.
BaselinePlan plan_baseline(const BaselineArguments& arguments, const lint::Configuration& configuration,
                           Settings& settings);

/// Marks the findings that are in the baseline, and writes or prunes it. What was done or left over is told on stderr
/// unless `quiet`. Returns an exit code: kDone, or kIncomplete where the file could not be written.
int use_baseline(BaselinePlan plan, lint::Run& run, const lint::Options& options, bool quiet);

}  // namespace tlsward::cli
