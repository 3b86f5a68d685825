// tlsward probe: what an endpoint, or thousands of them, really do.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <thread>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/probe_arguments.h"
#include "cli/probe_output.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "probe/fleet.h"
#include "probe/newest.h"
#include "probe/progress.h"
#include "probe/shard.h"
#include "probe/target_source.h"

namespace tlsward::cli {
namespace {

/// The file of --targets, opened; standard input is read to its end first, so that no scan waits for it.
std::unique_ptr<std::istream> open_targets(const std::string& path) {
  if (path.empty()) return nullptr;
  if (path == "-") {
    auto text = std::make_unique<std::stringstream>();
    *text << std::cin.rdbuf();
    text->clear();
    return text;
  }
  auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
  if (!*file) throw UsageError(fmt::format("--targets: cannot read '{}'", path));
  return file;
}

probe::TargetSource make_source(const ProbeArguments& arguments, std::istream* file) {
  if (arguments.targets.empty() && file == nullptr)
    throw UsageError("no target; name a host, HOST:PORT, or --targets FILE");
  auto source = probe::TargetSource::make(arguments.targets, file, arguments.port);
  if (!source) throw UsageError(source.error().message);
  return std::move(*source);
}

/// Gives targets to the fleet, and what is wrong in the file to the output.
class Feeder {
 public:
  Feeder(probe::TargetSource& source, const ProbeArguments& arguments, const probe::ScanOptions& scan,
         ProbeOutput& output)
      : source_(source),
        output_(output),
        scan_(scan),
        file_(arguments.targets_file),
        all_addresses_(arguments.all_addresses) {
    if (arguments.shard.empty()) return;
    const auto shard = probe::parse_shard(arguments.shard);
    if (!shard) throw UsageError(fmt::format("--shard: {}", shard.error().message));
    shard_ = *shard;
  }

  std::optional<probe::Target> next() {
    for (;;) {
      std::optional<probe::Target> target = source_.next();
      for (const probe::TargetProblem& problem : source_.take_problems())
        output_.add_bad_target(fmt::format("{}:{}", file_ == "-" ? "<stdin>" : file_, problem.line), problem.message);
      if (!target) return {};
      if (wants(*target)) return target;
    }
  }

  /// Ours, and not done yet.
  bool wants(const probe::Target& target) const {
    if (!probe::belongs(target, shard_)) return false;
    // With all addresses of a name each is asked about apart, when they are known.
    return all_addresses_ || !output_.done().contains(target, probe::server_name(target, scan_));
  }

 private:
  probe::TargetSource& source_;
  ProbeOutput& output_;
  const probe::ScanOptions& scan_;
  std::string file_;
  bool all_addresses_;
  probe::Shard shard_;
};

/// How many targets this machine will scan, for "time left"; standard input cannot be read twice.
std::optional<std::uint64_t> count(const ProbeArguments& arguments, const Feeder& feeder) {
  if (arguments.targets_file == "-") return {};
  const auto file = open_targets(arguments.targets_file);
  return probe::count_targets(make_source(arguments, file.get()),
                              [&](const probe::Target& target) { return feeder.wants(target); });
}

int run(const ProbeArguments& arguments) {
  const auto file = open_targets(arguments.targets_file);
  probe::TargetSource source = make_source(arguments, file.get());
  PreparedScan prepared = prepare_scan(arguments);
  probe::FleetOptions fleet_options;
  fleet_options.scan = prepared.options;
  fleet_options.concurrency = probe::possible_concurrency(arguments.concurrency, arguments.max_connections);
  const auto total = source.total();
  const bool many = !total || *total > 1;
  if (total)
    fleet_options.concurrency = static_cast<int>(std::min<std::uint64_t>(
        static_cast<std::uint64_t>(fleet_options.concurrency), std::max<std::uint64_t>(1, *total)));
  fleet_options.threads = many ? static_cast<int>(std::max(1U, std::thread::hardware_concurrency())) : 1;

  ProbeOutput output(arguments, many);
  Feeder feeder(source, arguments, fleet_options.scan, output);
  if (arguments.all_addresses && !arguments.resume.empty())
    fleet_options.scan.skip = [&](const probe::HostResult& result) {
      return output.done().contains(probe::key_of(result));
    };
  if (arguments.explain_plan)
    fleet_options.scan.explain = [&](const probe::HostResult& result, const std::string& line) {
      output.explain(result, line);
    };
  const std::optional<std::uint64_t> all = many ? count(arguments, feeder) : total;
  bool interrupted = false;
  {
    probe::Fleet* running = nullptr;
    // Signals are blocked before the fleet starts threads.
    std::unique_ptr<probe::Fleet> fleet;
    InterruptGuard guard([&] {
      if (running != nullptr) running->interrupt();
    });
    fleet = std::make_unique<probe::Fleet>(
        fleet_options, [&] { return feeder.next(); },
        [&](probe::HostResult result) {
          if (!output.add(std::move(result), all)) running->interrupt();
        });
    running = fleet.get();
    output.begin();
    fleet->run();
    interrupted = guard.happened();
  }
  const int code = output.end();
  if (interrupted) return kInterrupted;
  return code;
}

}  // namespace

void add_probe(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<ProbeArguments>();
  CLI::App* command =
      app.add_subcommand("probe", "scan live endpoints: versions, suites, groups, certificates, weaknesses");
  add_probe_options(*command, *arguments);
  command->footer(
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 something could not be scanned or "
      "told,\n"
      "130 interrupted.\n\n"
      "Examples:\n"
      "  tlsward probe api.example\n"
      "  tlsward probe --all 192.0.2.7:8443 --sni api.example\n"
      "  tlsward probe mail.example:587                 STARTTLS by port\n"
      "  tlsward probe --targets hosts.txt --format ndjson=out.ndjson --format html=report.html\n"
      "  tlsward probe 10.0.0.0/24 --format csv");
  command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace tlsward::cli
