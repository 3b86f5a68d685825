#include "cli/judge.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/exit_code.h"
#include "lint/fix.h"
#include "lint/observed.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

class Judge {
 public:
  Judge(const LintArguments& arguments, const Observed& observed, SourceMap sources, const std::atomic<bool>& stop)
      : arguments_(arguments), observed_(observed), sources_(std::move(sources)), stop_(stop) {}

  void add(JudgedProject& project) {
    lint::Options& options = project.setup.options;
    options.observed = observed_.endpoints;
    options.stop = &stop_;
    std::unique_ptr<lint::Run> run = run_of(project);
    if (arguments_.input.skip_unclaimed)
      std::erase_if(run->errors, [](const lint::RunError& error) { return error.nothing_checked; });
    // They are of no project.
    if (!result_.run) run->errors.insert(run->errors.end(), observed_.problems.begin(), observed_.problems.end());
    raise(use_baseline(std::move(project.setup.baseline), *run, options, arguments_.quiet));
    if (lint::has_failures(*run, options)) raise(kFindings);
    std::vector<std::string> fingerprints = lint::fingerprints(*run, options.project);
    std::move(fingerprints.begin(), fingerprints.end(), std::back_inserter(result_.fingerprints));
    if (result_.run)
      lint::append(*result_.run, std::move(run));
    else
      result_.run = std::move(run);
  }

  Judgement take() {
    raise(result_.fixes.exit_code);
    if (arguments_.fix.diff && result_.fixes.fixes > 0) raise(kFindings);
    if (!result_.run->errors.empty()) raise(kIncomplete);
    return std::move(result_);
  }

 private:
  void raise(int exit_code) { result_.exit_code = std::max(result_.exit_code, exit_code); }

  // With files, endpoints help to judge what the files say of their upstreams; without any they are judged themselves.
  std::unique_ptr<lint::Run> run_of(JudgedProject& project) {
    const lint::Options& options = project.setup.options;
    if (arguments_.input.paths.empty()) return lint::run_observed(options.observed, rules::all(), options);
    SourceMap& sources = result_.run ? result_.run->sources : sources_;
    if (!arguments_.fix.any()) return lint::run(std::move(project.files), rules::all(), options, std::move(sources));
    // What the baseline holds is not fixed.
    const auto judge_new = [&](std::vector<lint::InputFile> inputs) {
      auto run = lint::run(std::move(inputs), rules::all(), options, copy(sources));
      lint::apply_baseline(*run, project.setup.baseline.entries, rules::all(), options);
      return run;
    };
    FixResult fixed = fix_files(arguments_.fix, project.files, judge_new, stop_);
    result_.fixes += fixed.counts;
    if (!stop_) fix_configuration(project.setup.configuration, *fixed.run);
    return std::move(fixed.run);
  }

  /// Entries of .tlsward.yaml that suppress nothing.
  void fix_configuration(const lint::Configuration& configuration, lint::Run& run) {
    if (configuration.source == 0) return;
    const std::size_t before = run.findings.size();
    const auto changed = lint::fix_configuration(run, configuration.source);
    if (!changed) return;
    const std::string text(run.sources.text(configuration.source));
    std::vector<lint::InputFile> was = {{.path = configuration.file, .text = text, .error = {}}};
    std::vector<lint::InputFile> is = {{.path = configuration.file, .text = changed->text, .error = {}}};
    result_.fixes.fixes += before - run.findings.size();
    result_.fixes += finish_files(arguments_.fix, was, is);
  }

  const LintArguments& arguments_;
  const Observed& observed_;
  SourceMap sources_;
  const std::atomic<bool>& stop_;
  Judgement result_;
};

}  // namespace

SourceMap copy(const SourceMap& sources) {
  SourceMap result;
  for (FileId file = 1; file <= sources.size(); ++file) result.add(sources.path(file), std::string(sources.text(file)));
  return result;
}

Judgement judge(const LintArguments& arguments, std::vector<JudgedProject>& projects, const Observed& observed,
                SourceMap sources, const std::atomic<bool>& stop) {
  Judge judge(arguments, observed, std::move(sources), stop);
  for (JudgedProject& project : projects) {
    judge.add(project);
    if (stop) break;
  }
  return judge.take();
}

}  // namespace tlsward::cli
