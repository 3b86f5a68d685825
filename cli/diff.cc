// tlsward diff: what changed between two scans of the same hosts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/probe_files.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "probe/diff.h"
#include "report/diff_output.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  std::string before, after;
  std::string format = "text";
  std::string color = "auto";
  bool exit_zero = false, quiet = false;
};

struct Scan {
  std::vector<probe::HostResult> results;
  bool all_read = true;
};

Scan read_scan(const std::string& path, report::RuleIds& rules) {
  Scan scan;
  const auto take = [&](report::ReadResult read) {
    // Certificates are compared by their facts; their bytes are most of a large scan.
    for (probe::SeenChain& chain : read.result.chains) chain.der.clear();
    scan.results.push_back(std::move(read.result));
  };
  scan.all_read = read_probe_file(path, rules, take).empty();
  if (!scan.results.empty()) return scan;
  print_to(stderr, "tlsward: {}: there are no results in it, so that nothing can be compared\n", path);
  scan.all_read = false;
  return scan;
}

int exit_code_of(const probe::Diff& diff, const Arguments& arguments) {
  if (diff.count(probe::Effect::Unknown) > 0) return kIncomplete;
  const bool worse = diff.count(probe::Effect::Worse) > 0;
  return worse && !arguments.exit_zero ? kFindings : kDone;
}

int compare(const Arguments& arguments) {
  constexpr std::array<std::string_view, 3> kFormats = {"text", "json", "ndjson"};
  const std::size_t format = choice("--format", arguments.format, kFormats);
  if (arguments.before == "-" && arguments.after == "-")
    throw UsageError("standard input (-) is named twice; it can be read once");
  report::RuleIds rules;
  const Scan before = read_scan(arguments.before, rules), after = read_scan(arguments.after, rules);
  const probe::Diff diff = probe::diff(before.results, after.results);
  if (format == 0) {
    report::write_diff_text(diff, wants_color(arguments.color, stdout), stdout);
  } else if (format == 1) {
    report::write_diff_json(diff, stdout);
  } else {
    report::write_diff_ndjson(diff, stdout);
  }
  const int written = finish_output(stdout, "standard output");
  if (format != 0 && !arguments.quiet) print_to(stderr, "{}\n", report::summary(diff));
  if (!before.all_read || !after.all_read) return kIncomplete;
  return std::max(written, exit_code_of(diff, arguments));
}

}  // namespace

void add_diff(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("diff", "what changed between two scans, and whether for the worse");
  command->add_option("OLD", arguments->before, "results of the earlier scan, NDJSON or JSON; - for standard input")
      ->required();
  command->add_option("NEW", arguments->after, "results of the later scan")->required();
  command->add_option("--format", arguments->format, "text, json or ndjson (tlsward-diff/1)")
      ->type_name("NAME")
      ->capture_default_str();
  command->add_flag("--exit-zero", arguments->exit_zero, "exit 0 where something worse would make it 1");
  add_color_option(*command, arguments->color);
  command->add_flag("-q,--quiet", arguments->quiet, "no summary on stderr");
  command->footer(
      "Exit codes: 0 nothing is worse, 1 something is worse, 2 wrong usage, 3 something could not be compared (a scan\n"
      "could not tell, a host is gone, a file could not be read). docs/fleet.md says what counts as worse.\n\n"
      "Examples:\n"
      "  tlsward diff yesterday.ndjson today.ndjson\n"
      "  tlsward diff --format json old.ndjson new.ndjson | jq '.hosts[] | select(.state == \"gone\")'\n"
      "  tlsward probe --format ndjson api.example | tlsward diff baseline.ndjson -");
  command->callback([arguments, &exit_code] { exit_code = compare(*arguments); });
}

}  // namespace tlsward::cli
