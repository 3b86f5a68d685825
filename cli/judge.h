// The work of lint between its settings and its report: read, judge, fix, compare with the baseline; project by
// project.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cli/fix.h"
#include "cli/lint_setup.h"
#include "cli/observed.h"
#include "core/source.h"
#include "lint/run.h"

namespace tlsward::cli {

struct Judgement {
  std::unique_ptr<lint::Run> run;         // of all projects; never null
  std::vector<std::string> fingerprints;  // one per finding
  FixCounts fixes;
  int exit_code = 0;  // of everything but the report
};

/// A project with the files to judge, which are read.
struct JudgedProject {
  LintSetup setup;
  std::vector<lint::InputFile> files;
};

/// A run takes its sources away; one that is not the last needs its own.
SourceMap copy(const SourceMap& sources);

/// Judges the projects, in their order, and uses up their files; the result points to their options. `sources` holds
/// their configurations. Ends early once `stop` is true, and then writes no file but those that were written before.
/// What becomes of a baseline is told.
Judgement judge(const LintArguments& arguments, std::vector<JudgedProject>& projects, const Observed& observed,
                SourceMap sources, const std::atomic<bool>& stop);

}  // namespace tlsward::cli
