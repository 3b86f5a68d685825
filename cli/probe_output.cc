#include "cli/probe_output.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "cli/exit_code.h"
#include "cli/output_files.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "lint/observed.h"
#include "net/deadline.h"
#include "probe/observed_context.h"
#include "report/probe_json.h"
#include "report/resume.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

lint::Options judge_options(const ProbeArguments& a) {
  lint::Options options;
  options.at = probe_time(a);
  check_selection("--select", a.select);
  check_selection("--ignore", a.ignore);
  options.select = a.select;
  options.ignore = a.ignore;
  options.fail_on = fail_on_option(a.fail_on);
  options.min_confidence = min_confidence_option(a.min_confidence);
  return options;
}

const report::ProbeFormat* format_named(const std::string& name) {
  std::vector<std::string_view> names;
  for (const report::ProbeFormat* format : report::probe_formats()) names.push_back(format->name);
  return report::probe_formats()[choice("--format", name, names)];
}

}  // namespace

ProbeOutput::ProbeOutput(const ProbeArguments& arguments, bool many)
    : rules_options_(judge_options(arguments)),
      exit_zero_(arguments.exit_zero),
      quiet_(arguments.quiet),
      report_{rules::all(), false, false, {}},
      written_(kDone) {
  open(arguments);
  if (many && !quiet_) progress_.emplace(isatty(STDERR_FILENO) == 1, net::Clock::now());
}

ProbeOutput::~ProbeOutput() {
  for (Sink& sink : sinks_)
    if (!sink.file.empty() && sink.out != nullptr) std::fclose(sink.out);
}

void ProbeOutput::open(const ProbeArguments& arguments) {
  std::vector<std::string> formats = arguments.formats;
  if (formats.empty() && arguments.resume.empty()) formats = {"sslscan"};
  for (const std::string& text : formats) {
    const std::size_t equals = std::min(text.find('='), text.size());
    Sink sink{format_named(text.substr(0, equals)), {}, stdout};
    if (equals < text.size()) {
      sink.file = text.substr(equals + 1);
      if (sink.file.empty()) throw UsageError(fmt::format("--format: '{}' names no file behind '='", text));
    }
    sinks_.push_back(std::move(sink));
  }
  if (std::count_if(sinks_.begin(), sinks_.end(), [](const Sink& sink) { return sink.file.empty(); }) > 1)
    throw UsageError("--format: only one format can go to standard output; give the others a file (NAME=FILE)");
  check_files(arguments);
  // Results that are there are read before anything is written.
  if (!arguments.resume.empty()) take_up(arguments.resume);
  for (Sink& sink : sinks_) {
    if (sink.file.empty()) {
      text_color_ = !sink.format->machine && wants_color(arguments.color, stdout);
      text_links_ = text_color_ && wants_links(stdout);
      continue;
    }
    const int descriptor = open_output_file(sink.file);
    sink.out = descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb");
    if (sink.out == nullptr)
      throw UsageError(fmt::format("--format: cannot write '{}': {}", sink.file, std::strerror(errno)));
  }
}

void ProbeOutput::check_files(const ProbeArguments& arguments) const {
  std::vector<FileUse> written, read;
  for (const Sink& sink : sinks_)
    if (!sink.file.empty()) written.push_back({sink.file, fmt::format("the {} report", sink.format->name)});
  if (!arguments.resume.empty()) written.push_back({arguments.resume, "the file of --resume"});
  const std::pair<const std::string&, const char*> inputs[] = {
      {arguments.targets_file, "the list of targets"},
      {arguments.certificate, "the client certificate"},
      {arguments.key, "the client's key"},
      {arguments.passphrase_file, "the file of the passphrase"},
      {arguments.trust, "the file of trust anchors"}};
  for (const auto& [path, use] : inputs)
    if (!path.empty()) read.push_back({path == "-" ? kStandardInput : path, use});
  check_output_files(written, read);
}

void ProbeOutput::begin() {
  for (const Sink& sink : sinks_) {
    turn_to(sink);
    sink.format->begin(report_, sink.out);
  }
}

void ProbeOutput::turn_to(const Sink& sink) {
  report_.color = sink.file.empty() && text_color_;
  report_.links = sink.file.empty() && text_links_;
}

void ProbeOutput::take_up(const std::string& path) {
  auto resumed = report::resume(path);
  if (!resumed) throw UsageError(fmt::format("--resume: {}", resumed.error().message));
  lines_ = std::move(resumed->file);
  done_ = std::move(resumed->earlier.done);
  for (const report::ReadProblem& problem : resumed->earlier.problems)
    print_to(stderr, "tlsward: {}:{}: {}; its host is scanned again\n", path, problem.line, problem.message);
  if (!quiet_ && resumed->earlier.results > 0)
    print_to(stderr, "{}: {} results are there already\n", path, resumed->earlier.results);
}

bool ProbeOutput::add(probe::HostResult result, std::optional<std::uint64_t> total) {
  const tls::TlsContext context = probe::observed_context(result);
  if (result.speaks_tls())
    result.findings = lint::judge_observed(context, probe::observed_place(result), rules::all(), rules_options_);
  const std::lock_guard lock(lock_);
  for (auto& [where, message] : std::exchange(bad_targets_, {})) report_.tally.add_bad_target(where, message);
  report_.tally.add(result);
  if (rules_options_.fail_on)
    failed_finding_ =
        failed_finding_ || std::any_of(result.findings.begin(), result.findings.end(), [&](const Finding& finding) {
          return finding.severity >= *rules_options_.fail_on && finding.confidence >= rules_options_.min_confidence;
        });
  if (progress_) write_to(stderr, progress_->clear());
  print(result);
  if (lines_) append(result);
  ++counts_.done;
  if (!result.speaks_tls()) ++counts_.failed;
  show_progress(total);
  return has_reader();
}

bool ProbeOutput::has_reader() const {
  return lines_ ||
         std::any_of(sinks_.begin(), sinks_.end(), [](const Sink& sink) { return std::ferror(sink.out) == 0; });
}

void ProbeOutput::print(const probe::HostResult& result) {
  for (const Sink& sink : sinks_) {
    turn_to(sink);
    sink.format->host(report_, result, sink.out);
    // What goes wrong here shows at the end: the stream remembers.
    if (sink.format->streaming) std::fflush(sink.out);
  }
}

void ProbeOutput::append(const probe::HostResult& result) {
  const auto error = lines_->append(report::probe_result_line(result, report_.rules));
  if (!error) return;
  print_to(stderr, "tlsward: --resume: {}\n", error->message);
  written_ = kIncomplete;
}

void ProbeOutput::show_progress(std::optional<std::uint64_t> total) {
  if (!progress_) return;
  counts_.total = total;
  if (const auto bytes = progress_->update(counts_, net::Clock::now())) write_to(stderr, *bytes);
}

void ProbeOutput::add_bad_target(std::string where, std::string message) {
  const std::lock_guard lock(lock_);
  print_to(stderr, "tlsward: {}: {}\n", where, message);
  bad_targets_.emplace_back(std::move(where), std::move(message));
}

void ProbeOutput::explain(const probe::HostResult& result, const std::string& line) {
  const std::lock_guard lock(lock_);
  print_to(stderr, "{}: {}\n", probe::endpoint_text(result), line);
}

void ProbeOutput::close(Sink& sink) {
  const std::string name = sink.file.empty() ? "standard output" : fmt::format("'{}'", sink.file);
  written_ = std::max(written_, finish_output(sink.out, name));
  if (sink.file.empty()) return;
  if (std::fclose(std::exchange(sink.out, nullptr)) == 0) return;
  print_to(stderr, "tlsward: cannot write {}: {}\n", name, std::strerror(errno));
  written_ = kIncomplete;
}

int ProbeOutput::end() {
  for (auto& [where, message] : std::exchange(bad_targets_, {})) report_.tally.add_bad_target(where, message);
  if (progress_) write_to(stderr, progress_->clear());
  bool summary_on_stdout = false;
  for (Sink& sink : sinks_) {
    turn_to(sink);
    sink.format->end(report_, sink.out);
    summary_on_stdout = summary_on_stdout || (sink.file.empty() && !sink.format->machine);
    close(sink);
  }
  if (!summary_on_stdout && !quiet_) print_to(stderr, "{}\n", report::summary(report_.tally));
  const report::ProbeTally& tally = report_.tally;
  const bool incomplete =
      tally.not_scanned > 0 || tally.not_complete > 0 || !tally.failures.empty() || tally.endpoints == 0;
  if (incomplete) return kIncomplete;
  if (failed_finding_ && !exit_zero_) return std::max(kFindings, written_);
  return written_;
}

}  // namespace tlsward::cli
