#include "cli/lint_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

#include "cli/exit_code.h"
#include "cli/output_files.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "core/read_file.h"
#include "lint/project.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

constexpr std::string_view kAuto = "auto";
/// GitHub refuses a summary of more than 1 MiB for a step.
/// Source: docs.github.com, Workflow commands, step isolation and limits (2026-11-27).
constexpr std::size_t kLargestSummary = std::size_t{1000} << 10;

bool is_set_to_true(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && std::string_view(value) == "true";
}

/// What `auto` stands for, here.
std::vector<Output> outputs_of_this_place() {
  if (is_set_to_true("GITHUB_ACTIONS")) return {{report::find_format("github"), {}}};
  if (!is_set_to_true("GITLAB_CI")) return {{report::find_format("full"), {}}};
  return {{report::find_format("full"), {}}, {report::find_format("gitlab"), "gl-code-quality-report.json"}};
}

/// What the format writes into a file; nullopt where memory gave out.
std::optional<std::string> text_of(const report::Report& report, const report::Format& format) {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::FILE* file = ::open_memstream(&bytes, &size);
  if (file == nullptr) return std::nullopt;
  format.write(report, file);
  const bool whole = std::ferror(file) == 0;
  const bool closed = std::fclose(file) == 0;
  const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
  if (!whole || !closed) return std::nullopt;
  return std::string(bytes, size);
}

int write_file(const report::Report& report, const Output& output) {
  const auto text = text_of(report, *output.format);
  if (text) return write_output_file(output.file, *text);
  print_to(stderr, "tlsward: cannot write '{}': {}\n", output.file, std::strerror(ENOMEM));
  return kIncomplete;
}

int failed_summary(const char* path, std::string_view problem) {
  print_to(stderr, "tlsward: cannot write the job's summary '{}': {}\n", path, problem);
  return kIncomplete;
}

/// What a file holds that more is appended to.
struct Appended {
  std::uintmax_t size = 0;
  bool ends_line = true;
};

/// A device or a pipe holds nothing, and neither does a file that is not there.
Result<Appended> last_of(const std::string& path) {
  std::error_code problem;
  if (!std::filesystem::is_regular_file(path, problem)) return Appended{};
  const std::uintmax_t size = std::filesystem::file_size(path, problem);
  if (problem || size >= kLargestSummary) return Appended{size, true};
  const auto text = read_file(path, kLargestSummary);
  if (!text) return text.error();
  return Appended{text->size(), text->empty() || text->ends_with('\n')};
}

/// GitHub shows ten annotations of a step; the summary page of the job holds all, or as many as it takes.
int append_job_summary(const report::Report& report) {
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return kDone;
  const auto before = last_of(path);
  if (!before) return failed_summary(path, before.error().message);
  if (before->size >= kLargestSummary) {
    print_to(stderr, "tlsward: the job's summary '{}' is full; nothing is added\n", path);
    return kDone;
  }
  const std::string text =
      (before->ends_line ? "" : "\n") + report::github_summary(report, kLargestSummary - before->size);
  std::FILE* file = std::fopen(path, "ab");
  if (file == nullptr) return failed_summary(path, std::strerror(errno));
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  if (std::fclose(file) == 0 && written) return kDone;
  return failed_summary(path, std::strerror(errno));
}

/// The folder with .git or, where files were brought there in another way, the one that the CI works in.
std::string repository_of(const std::string& folder) {
  std::string repository = lint::find_repository(folder);
  for (const char* name : {"GITHUB_WORKSPACE", "CI_PROJECT_DIR"}) {
    const char* value = std::getenv(name);
    if (repository.empty() && value != nullptr) repository = value;
  }
  return repository;
}

}  // namespace

std::vector<std::string_view> format_names() {
  std::vector<std::string_view> names = {kAuto};
  for (const report::Format& format : report::formats()) names.push_back(format.name);
  return names;
}

std::vector<Output> outputs(const std::vector<std::string>& formats, std::string_view origin) {
  if (formats.empty()) return {{report::find_format("full"), {}}};
  const std::vector<std::string_view> names = format_names();
  std::vector<Output> result;
  for (const std::string& text : formats) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, equals);
    const std::size_t index = choice(origin, name, names);
    if (index == 0) {
      if (equals < text.size())
        throw UsageError(fmt::format("{}: auto names no file; it chooses format and file by itself", origin));
      for (Output& chosen : outputs_of_this_place()) result.push_back(std::move(chosen));
      continue;
    }
    Output output{&report::formats()[index - 1], {}};
    if (equals < text.size()) {
      output.file = text.substr(equals + 1);
      if (output.file.empty()) throw UsageError(fmt::format("{}: '{}' names no file behind '='", origin, text));
    }
    result.push_back(std::move(output));
  }
  const auto to_stdout = std::count_if(result.begin(), result.end(), [](const Output& o) { return o.file.empty(); });
  if (to_stdout > 1)
    throw UsageError(
        fmt::format("{}: only one format can go to standard output; give the others a file (NAME=FILE)", origin));
  return result;
}

std::vector<FileUse> output_files(const std::vector<Output>& outputs) {
  std::vector<FileUse> files;
  for (const Output& output : outputs)
    if (!output.file.empty()) files.push_back({output.file, fmt::format("the {} report", output.format->name)});
  return files;
}

int write_report(const lint::Run& run, std::vector<std::string> fingerprints, const std::vector<Output>& outputs,
                 const OutputOptions& options) {
  report::Report report{run, rules::all(), std::move(fingerprints), false, false};
  report.has_baseline = options.has_baseline;
  std::error_code unknown;
  report.folder = std::filesystem::current_path(unknown).string();
  report.repository = repository_of(report.folder);
  int worst = kDone;
  bool summary_on_stdout = false;
  for (const Output& output : outputs) {
    if (!output.file.empty()) {
      report.color = report.links = false;
      worst = std::max(worst, write_file(report, output));
      continue;
    }
    report.color = !output.format->machine && wants_color(options.color, stdout);
    report.links = report.color && wants_links(stdout);
    summary_on_stdout = !output.format->machine;
    output.format->write(report, stdout);
    worst = std::max(worst, finish_output(stdout, "standard output"));
  }
  const bool annotates =
      std::any_of(outputs.begin(), outputs.end(), [](const Output& output) { return output.format->name == "github"; });
  if (annotates) worst = std::max(worst, append_job_summary(report));
  if (options.statistics) print_to(stderr, "{}", report::statistics(run));
  if (!summary_on_stdout && !options.quiet) print_to(stderr, "{}\n", report::summary(run));
  return worst;
}

}  // namespace tlsward::cli
