// Options that every command over configuration files has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "lint/collect.h"
#include "lint/options.h"
#include "lint/run.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

/// The words of the command line, before they are checked.
struct InputArguments {
  std::vector<std::string> paths, gateways, defines, select, ignore;
  std::string edition, flex_mode, root, certs_dir, at, stdin_filename;
  std::size_t max_megabytes = 64;
  bool dashboard = false, no_files = false, skip_unclaimed = false;
};

/// Adds the options; `arguments` must outlive `app`.
void add_input_options(CLI::App& app, InputArguments& arguments);

/// Adds --select and --ignore, for commands that ask rules.
void add_selection_options(CLI::App& app, InputArguments& arguments);

/// The same with the two lists alone.
void add_rule_options(CLI::App& app, std::vector<std::string>& select, std::vector<std::string>& ignore);
/// Throws UsageError where a word is no rule and no group: a typo must not switch off nothing in silence.
void check_selection(std::string_view option, const std::vector<std::string>& words);
/// The values of --fail-on (nullopt: never), --min-severity and --min-confidence. `origin` stands in front of messages.
/// Throw UsageError.
std::optional<Severity> fail_on_option(const std::string& text, std::string_view origin = "--fail-on");
Severity min_severity_option(const std::string& text, std::string_view origin);
Confidence min_confidence_option(const std::string& text, std::string_view origin = "--min-confidence");

/// Says on stderr that the release is none of those that are known, where that is so.
void tell_beyond_known(const gateways::GatewayChoice& choice);

/// Checks and converts them. Throws UsageError.
lint::Options input_options(const InputArguments& arguments);

/// Throws UsageError where no path was given, or an empty one.
void require_paths(const InputArguments& arguments);

/// The files that the paths stand for, not opened yet. Throws UsageError as `require_paths`.
std::vector<lint::FoundFile> find_inputs(const InputArguments& arguments);

/// The same, read.
std::vector<lint::InputFile> read_inputs(const InputArguments& arguments, const lint::Options& options);

}  // namespace tlsward::cli
