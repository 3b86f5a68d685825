// lint --fix, --unsafe and --diff.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "cli/fix_difference.h"
#include "lint/run.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

struct FixArguments {
  bool fix = false, unsafe = false, diff = false;
  bool any() const { return fix || diff; }
};
/// Adds the options; `arguments` must outlive `app`.
void add_fix_options(CLI::App& app, FixArguments& arguments);
/// Throws UsageError where they do not go together, or with standard input.
void check_fix_options(const FixArguments& arguments, const std::vector<std::string>& paths);

/// What became of the fixes of a run.
struct FixCounts {
  std::size_t fixes = 0;            // made, or to be made
  std::size_t files = 0;            // that were changed, or would be
  int exit_code = 0;                // kIncomplete where a file could not be written
  std::vector<FileChange> changes;  // with --diff
};
FixCounts& operator+=(FixCounts& counts, const FixCounts& more);
/// Says on stderr what was done.
void tell_fixes(const FixArguments& arguments, const FixCounts& counts);

struct FixResult {
  std::unique_ptr<lint::Run> run;  // of the files as they are now (--fix), or would be (--diff)
  FixCounts counts;
};

/// Judges `files`, fixes what can be fixed and judges again, until nothing more changes. --fix then writes the files,
/// each whole or not at all, where nobody else changed them meanwhile; --diff notes the changes. Nothing
/// is written once `stop` is true.
FixResult fix_files(const FixArguments& arguments, const std::vector<lint::InputFile>& files,
                    const std::function<std::unique_ptr<lint::Run>(std::vector<lint::InputFile>)>& judge,
                    const std::atomic<bool>& stop);

/// Writes files that were read as `before`, or notes the changes. What could not be written is put back in `after`.
FixCounts finish_files(const FixArguments& arguments, const std::vector<lint::InputFile>& before,
                       std::vector<lint::InputFile>& after);

}  // namespace tlsward::cli
