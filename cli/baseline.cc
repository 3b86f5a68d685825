#include "cli/baseline.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <utility>

#include "cli/exit_code.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "core/replace_file.h"
#include "lint/collect.h"
#include "report/baseline.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

constexpr std::size_t kNamed = 10;

std::vector<lint::BaselineEntry> read(const std::string& path) {
  const lint::FoundFile found{path, false, {}};
  const lint::InputFile file = lint::read_files({found}, std::cin).front();
  if (!file.error.empty()) throw UsageError(fmt::format("cannot read the baseline '{}': {}", path, file.error));
  auto entries = report::parse_baseline(file.text);
  if (!entries) throw UsageError(fmt::format("the baseline '{}' {}", path, entries.error().message));
  return std::move(*entries);
}

std::string entries_text(std::size_t count) {
  return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

/// Any other file that is there was named by mistake.
void check_replaceable(const std::string& path) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored) || std::filesystem::file_size(path, ignored) == 0) return;
  const lint::InputFile file = lint::read_files({{path, false, {}}}, std::cin).front();
  if (file.error.empty() && report::is_baseline(file.text)) return;
  throw UsageError(fmt::format(
      "--write-baseline: '{}' is there and is no baseline; it is not replaced, give the baseline another name", path));
}

int write(const std::string& path, std::vector<lint::BaselineEntry> entries) {
  const auto written = replace_file(path, report::baseline_text(std::move(entries)));
  if (written) return kDone;
  print_to(stderr, "tlsward: {}; the baseline is as it was\n", written.error().message);
  return kIncomplete;
}

/// Findings that a broken input may have would be missing, and look new as soon as it is mended.
int write_anew(const BaselinePlan& plan, lint::Run& run, const lint::Options& options, bool quiet) {
  if (!run.errors.empty()) {
    print_to(stderr, "tlsward: some input could not be read; the baseline '{}' is not written\n", plan.file);
    return kIncomplete;
  }
  std::vector<lint::BaselineEntry> entries = report::baseline_of(run, options.project);
  const int written = write(plan.file, entries);
  if (written != kDone) return written;
  if (!quiet) print_to(stderr, "tlsward: wrote {} to '{}'\n", entries_text(entries.size()), plan.file);
  lint::apply_baseline(run, std::move(entries), rules::all(), options);
  return kDone;
}

void tell_left_over(const BaselinePlan& plan, const std::vector<lint::BaselineEntry>& left_over) {
  print_to(stderr, "tlsward: {} of the baseline '{}' {} no longer found{}\n", entries_text(left_over.size()), plan.file,
           left_over.size() == 1 ? "is" : "are", plan.prune ? "" : "; --prune-baseline removes them");
  for (std::size_t i = 0; i < std::min(left_over.size(), kNamed); ++i)
    print_to(stderr, "  {} in {}{}{}\n", left_over[i].rule, left_over[i].path,
             left_over[i].subject.empty() ? "" : ", of ", left_over[i].subject);
  if (left_over.size() > kNamed) print_to(stderr, "  and {} more\n", left_over.size() - kNamed);
}

}  // namespace

void add_baseline_options(CLI::App& app, BaselineArguments& arguments) {
  CLI::Option* use = app.add_option("--baseline", arguments.use,
                                    "findings that this file holds are told and do not count; made by --write-baseline")
                         ->type_name("FILE");
  app.add_option("--write-baseline", arguments.write, "write all findings that are not suppressed to this file")
      ->type_name("FILE")
      ->excludes(use);
  app.add_flag("--prune-baseline", arguments.prune, "drop what is no longer found from the baseline; adds nothing");
}

BaselinePlan plan_baseline(const BaselineArguments& arguments, const lint::Configuration& configuration,
                           Settings& settings) {
  std::optional<std::string> configured = configuration.baseline;
  if (configured) configured = (std::filesystem::path(configuration.root) / *configured).string();
  const Setting setting = settings.text("baseline", arguments.use, configured, "");
  BaselinePlan plan;
  plan.prune = arguments.prune;
  plan.write = !arguments.write.empty();
  plan.file = plan.write ? arguments.write : setting.value;
  if (plan.prune && plan.write)
    throw UsageError("--prune-baseline: a baseline that is written anew holds nothing to drop");
  if (plan.prune && plan.file.empty())
    throw UsageError("--prune-baseline: no baseline is given; name it with --baseline FILE");
  if (plan.write) check_replaceable(plan.file);
  if (!plan.write && !plan.file.empty()) plan.entries = read(plan.file);
  return plan;
}

int use_baseline(BaselinePlan plan, lint::Run& run, const lint::Options& options, bool quiet) {
  if (plan.file.empty()) return kDone;
  if (plan.write) return write_anew(plan, run, options, quiet);
  lint::BaselineOutcome outcome = lint::apply_baseline(run, std::move(plan.entries), rules::all(), options);
  if (outcome.left_over.empty()) return kDone;
  if (!quiet) tell_left_over(plan, outcome.left_over);
  return plan.prune ? write(plan.file, std::move(outcome.kept)) : kDone;
}

}  // namespace tlsward::cli
