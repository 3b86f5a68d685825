// tlsward merge: several files of probe results as one.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/probe_files.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "probe/newest.h"
#include "report/counted.h"
#include "report/merged.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  std::vector<std::string> files;
  std::string format = "ndjson";
  std::string color = "auto";
  bool quiet = false;
};

/// Results as they came, each with what decides whether it counts.
struct Collected {
  std::vector<probe::ResultStamp> stamps;
  std::vector<std::string> texts;
  bool all_read = true;
};

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names;
  for (const report::ProbeFormat* format : report::probe_formats()) names.push_back(format->name);
  return names;
}

Collected collect(const std::vector<std::string>& files, report::RuleIds& rules) {
  Collected collected;
  for (const std::string& file : files) {
    const std::string problem = read_probe_file(file, rules, [&](report::ReadResult result) {
      collected.stamps.push_back(probe::stamp_of(result.result));
      collected.texts.push_back(std::move(result.text));
    });
    collected.all_read = collected.all_read && problem.empty();
  }
  return collected;
}

int merge(const Arguments& arguments) {
  const report::ProbeFormat& format = *report::probe_formats()[choice("--format", arguments.format, format_names())];
  if (std::count(arguments.files.begin(), arguments.files.end(), "-") > 1)
    throw UsageError("standard input (-) is named twice; it can be read once");
  report::RuleIds rules;
  const Collected collected = collect(arguments.files, rules);
  std::vector<std::string_view> texts;
  for (const std::size_t index : probe::newest(collected.stamps)) texts.push_back(collected.texts[index]);
  const bool color = !format.machine && wants_color(arguments.color, stdout);
  report::ProbeReport report{rules::all(), color, color && wants_links(stdout), {}};
  report::write_merged(format, texts, report, rules, stdout);
  const int written = finish_output(stdout, "standard output");
  if (!arguments.quiet)
    print_to(stderr, "{} of {} in {}\n", report::counted(texts.size(), "endpoint"),
             report::counted(collected.texts.size(), "result"), report::counted(arguments.files.size(), "file"));
  return collected.all_read ? written : kIncomplete;
}

}  // namespace

void add_merge(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("merge", "put several files of probe results together, the newest of each host");
  command->add_option("FILE", arguments->files, "results of 'tlsward probe' in NDJSON or JSON; - for standard input")
      ->required();
  command->add_option("--format", arguments->format, fmt::format("{}", fmt::join(format_names(), ", ")))
      ->type_name("NAME")
      ->capture_default_str();
  add_color_option(*command, arguments->color);
  command->add_flag("-q,--quiet", arguments->quiet, "no summary on stderr");
  command->footer(
      "Of several results of one host, port, address and server name the newest is kept. The output is ordered by "
      "host.\n"
      "Exit codes: 0 done, 2 wrong usage, 3 some line could not be read (the others are merged).\n\n"
      "Examples:\n"
      "  tlsward merge shard-*.ndjson >fleet.ndjson\n"
      "  tlsward merge --format sarif fleet.ndjson >fleet.sarif\n"
      "  zcat shard-*.ndjson.gz | tlsward merge -");
  command->callback([arguments, &exit_code] { exit_code = merge(*arguments); });
}

}  // namespace tlsward::cli
