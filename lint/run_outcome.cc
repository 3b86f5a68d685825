// What becomes of runs once they are over.
#include <algorithm>
#include <iterator>
#include <utility>

#include "lint/run.h"

namespace tlsward::lint {

void append(Run& run, std::unique_ptr<Run> more) {
  const auto move_behind = [](auto& list, auto& other) {
    std::move(other.begin(), other.end(), std::back_inserter(list));
  };
  run.sources = std::move(more->sources);
  move_behind(run.inputs, more->inputs);
  move_behind(run.judged, more->judged);
  move_behind(run.findings, more->findings);
  move_behind(run.errors, more->errors);
  move_behind(run.suppressions, more->suppressions);
  run.files += more->files;
  run.endpoints += more->endpoints;
  if (run.files > 0) std::erase_if(run.errors, [](const RunError& error) { return error.nothing_checked; });
}

bool has_failures(const Run& run, const Options& options) {
  if (!options.fail_on) return false;
  return std::any_of(run.findings.begin(), run.findings.end(), [&](const Finding& finding) {
    return counts(finding) && finding.severity >= *options.fail_on && finding.confidence >= options.min_confidence;
  });
}

int exit_code(const Run& run, const Options& options) {
  if (!run.errors.empty()) return 3;
  return has_failures(run, options) ? 1 : 0;
}

}  // namespace tlsward::lint
