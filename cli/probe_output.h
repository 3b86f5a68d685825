// Where the results of a probe go: judged by the rules, printed in every format that was asked for, counted for the
// exit code.
#pragma once

#include <cstdint>
#include <cstdio>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "cli/probe_arguments.h"
#include "lint/options.h"
#include "probe/done.h"
#include "probe/progress.h"
#include "probe/result.h"
#include "probe/target.h"
#include "report/line_file.h"
#include "report/probe_format.h"

namespace tlsward::cli {

class ProbeOutput {
 public:
  /// Opens the files. `many`: more than one target, so that progress is shown. Throws UsageError.
  ProbeOutput(const ProbeArguments& arguments, bool many);
  ~ProbeOutput();
  ProbeOutput(const ProbeOutput&) = delete;
  ProbeOutput& operator=(const ProbeOutput&) = delete;

  void begin();
  /// Judges and prints one result. Not from two threads at once. `total`: targets of the run, where known. False where
  /// nobody reads any more: the reader of standard output went away, and there is no other output.
  bool add(probe::HostResult result, std::optional<std::uint64_t> total);
  /// A line of a target file that is none. From any thread.
  void add_bad_target(std::string where, std::string message);
  /// A line of --explain-plan. From any thread.
  void explain(const probe::HostResult& result, const std::string& line);
  /// What --resume has already; empty without it.
  const probe::DoneSet& done() const { return done_; }
  /// Ends every format and gives the exit code.
  int end();

 private:
  struct Sink {
    const report::ProbeFormat* format;
    std::string file;  // empty: stdout
    std::FILE* out;
  };
  void open(const ProbeArguments& arguments);
  void check_files(const ProbeArguments& arguments) const;
  void take_up(const std::string& path);
  void print(const probe::HostResult& result);
  bool has_reader() const;
  void append(const probe::HostResult& result);
  void close(Sink& sink);
  /// Says which sink is written to next: colours and links are for the terminal alone.
  void turn_to(const Sink& sink);
  void show_progress(std::optional<std::uint64_t> total);

  lint::Options rules_options_;
  bool exit_zero_, quiet_;
  std::vector<Sink> sinks_;
  std::optional<report::LineFile> lines_;  // --resume
  probe::DoneSet done_;
  report::ProbeReport report_;
  bool text_color_ = false, text_links_ = false;
  bool failed_finding_ = false;
  int written_;
  std::mutex lock_;
  std::vector<std::pair<std::string, std::string>> bad_targets_;
  std::optional<probe::ProgressLine> progress_;
  probe::Progress counts_;
};

}  // namespace tlsward::cli
