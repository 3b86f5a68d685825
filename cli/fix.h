// lint --fix, --unsafe and --diff.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

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

struct FixResult {
  std::unique_ptr<lint::Run> run;  // of the files as they are now (--fix), or would be (--diff)
  std::size_t fixes = 0;           // made, or to be made
  int exit_code = 0;               // kIncomplete where a file could not be written
};

/// Judges `files`, fixes what can be fixed and judges again, until nothing more changes. --fix then writes the files,
/// each whole or not at all, where nobody else changed them meanwhile; --diff prints the difference to stdout.
FixResult fix_files(const FixArguments& arguments, const std::vector<lint::InputFile>& files,
                    const std::function<std::unique_ptr<lint::Run>(std::vector<lint::InputFile>)>& judge);

}  // namespace tlsward::cli
