// What a run of lint writes is never what it reads.
#pragma once

#include <vector>

#include "cli/judge.h"
#include "cli/lint_output.h"
#include "cli/lint_setup.h"
#include "core/source.h"

namespace tlsward::cli {

/// Throws UsageError where a report or the baseline would be a file that was named as an input, that sets up the run,
/// or another output. Nothing needs to be read for it.
void check_outputs(const LintArguments& arguments, const std::vector<LintSetup>& setups,
                   const std::vector<Output>& where);

/// Throws UsageError where one of those that are there already is an input that was found by walking, or a file that a
/// configuration names. Of what was found, files that no gateway claims are left to be replaced: they may be the report
/// of the last run. `sources` holds the configurations of the projects.
void check_outputs(const LintArguments& arguments, const std::vector<JudgedProject>& projects,
                   const std::vector<Output>& where, const SourceMap& sources);

}  // namespace tlsward::cli
