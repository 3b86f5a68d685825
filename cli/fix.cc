#include "cli/fix.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "cli/exit_code.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "core/replace_file.h"
#include "lint/fix.h"
#include "report/counted.h"

namespace tlsward::cli {
namespace {

/// Fixes that touch each other take a round each; a fix that brings about another one ends here.
constexpr int kMostRounds = 10;

using Judge = std::function<std::unique_ptr<lint::Run>(std::vector<lint::InputFile>)>;

lint::InputFile* find(std::vector<lint::InputFile>& files, const std::string& path) {
  const auto found = std::find_if(files.begin(), files.end(), [&](const lint::InputFile& f) { return f.path == path; });
  return found == files.end() ? nullptr : &*found;
}

/// True where the run could not read something that an earlier one could.
bool is_worse(const lint::Run& now, const lint::Run& before) {
  return now.errors.size() > before.errors.size();
}

void tell_broken_files(const lint::Run& run) {
  for (const lint::JudgedFile& file : run.judged) {
    if (file.read_in_full) continue;
    print_to(stderr, "tlsward: '{}' could not be read in full, and nothing in it is fixed\n",
             run.sources.path(file.id));
  }
}

/// Why it was not written; empty where it was.
std::string write(const lint::InputFile& before, const lint::InputFile& after) {
  const auto replaced = replace_unchanged_file(after.path, before.text, after.text);
  return replaced ? std::string() : replaced.error().message;
}

/// What could not be written is put back in `after`.
FixCounts write_changed(const std::vector<lint::InputFile>& before, std::vector<lint::InputFile>& after) {
  FixCounts written;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].text == after[i].text) continue;
    const std::string problem = write(before[i], after[i]);
    if (problem.empty()) {
      ++written.files;
      continue;
    }
    print_to(stderr, "tlsward: {}\n", problem);
    after[i].text = before[i].text;
    written.exit_code = kIncomplete;
  }
  return written;
}

FixCounts changes_of(const std::vector<lint::InputFile>& before, const std::vector<lint::InputFile>& after) {
  FixCounts counts;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i].text != after[i].text) counts.changes.push_back({before[i].path, before[i].text, after[i].text});
  counts.files = counts.changes.size();
  return counts;
}

}  // namespace

void add_fix_options(CLI::App& app, FixArguments& arguments) {
  app.add_flag("--fix", arguments.fix, "make the safe fixes in the files, and report what is left");
  app.add_flag("--unsafe", arguments.unsafe, "with --fix or --diff: the other fixes too; read what they change");
  app.add_flag("--diff", arguments.diff, "print what --fix would change, and write nothing");
}

void check_fix_options(const FixArguments& arguments, const std::vector<std::string>& paths) {
  if (arguments.unsafe && !arguments.any()) throw UsageError("--unsafe goes with --fix or --diff");
  const bool reads_input = std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (arguments.fix && !arguments.diff && reads_input)
    throw UsageError("--fix cannot write standard input back; use --diff, or name the file");
}

FixCounts& operator+=(FixCounts& counts, const FixCounts& more) {
  counts.fixes += more.fixes;
  counts.files += more.files;
  counts.exit_code = std::max(counts.exit_code, more.exit_code);
  counts.changes.insert(counts.changes.end(), more.changes.begin(), more.changes.end());
  return counts;
}

void tell_fixes(const FixArguments& arguments, const FixCounts& counts) {
  const std::string files = report::counted(counts.files, "file");
  if (arguments.diff)
    print_to(stderr, "would fix {} in {}\n", report::counted(counts.fixes, "finding"), files);
  else if (counts.exit_code == kDone)
    print_to(stderr, "fixed {} in {}\n", report::counted(counts.fixes, "finding"), files);
  else
    print_to(stderr, "changed {}; the others are as they were\n", files);
}

FixCounts finish_files(const FixArguments& arguments, const std::vector<lint::InputFile>& before,
                       std::vector<lint::InputFile>& after) {
  return arguments.diff ? changes_of(before, after) : write_changed(before, after);
}

FixResult fix_files(const FixArguments& arguments, const std::vector<lint::InputFile>& files, const Judge& judge,
                    const std::atomic<bool>& stop) {
  FixResult result;
  std::vector<lint::InputFile> fixed = files;
  result.run = judge(fixed);
  tell_broken_files(*result.run);
  for (int round = 0; round < kMostRounds && !stop; ++round) {
    lint::FixRound made = lint::make_fixes(*result.run, arguments.unsafe);
    if (made.files.empty()) break;
    std::vector<lint::InputFile> next = fixed;
    for (lint::FixedFile& file : made.files) {
      if (lint::InputFile* input = find(next, file.path)) input->text = std::move(file.text);
    }
    auto run = judge(next);
    if (stop) break;
    if (is_worse(*run, *result.run)) {
      print_to(stderr, "tlsward: a fix would make a file unreadable and was not made; please report this\n");
      break;
    }
    fixed = std::move(next);
    result.run = std::move(run);
    result.counts.fixes += made.fixes;
  }
  if (stop) {
    result.counts.fixes = 0;
    result.run = judge(files);
    return result;
  }
  result.counts += finish_files(arguments, files, fixed);
  if (result.counts.exit_code != kDone) result.run = judge(fixed);
  return result;
}

}  // namespace tlsward::cli
