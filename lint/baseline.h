// Findings that were there when a project began to lint: told, but not counted.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/identity.h"
#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"

namespace tlsward::lint {

/// As lint::Identity; the fingerprint alone decides whether a finding is the same, the rest is for people.
struct BaselineEntry {
  std::string path;  // or endpoint
  bool endpoint = false;
  std::string rule, subject;
  std::optional<std::string> value;  // nullopt where it may be secret, or is long
  std::size_t ordinal = 0;
  std::string fingerprint;
  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};

/// Entries by what came of them.
struct BaselineOutcome {
  std::vector<BaselineEntry> kept;       // still found, or nothing that this run can know
  std::vector<BaselineEntry> left_over;  // mended: no longer found by a run that would have found them
};

/// Marks the findings that are in the baseline (Finding::baseline). A finding that is suppressed stays suppressed.
BaselineOutcome apply_baseline(Run& run, std::vector<BaselineEntry> entries, std::span<const Rule* const> rules,
                               const Options& options);

}  // namespace tlsward::lint
