// How many findings there are, by what becomes of them.
#pragma once

#include <array>
#include <cstddef>

#include "core/finding.h"
#include "lint/run.h"

namespace tlsward::report {

struct FindingCounts {
  std::array<std::size_t, 3> by_severity{};  // of those that count (tlsward::counts)
  std::size_t ignored = 0;                   // suppressed
  std::size_t baseline = 0;
  std::size_t fixable = 0, safely_fixable = 0;  // of those that count; the former includes the latter

  std::size_t of(Severity severity) const { return by_severity[static_cast<std::size_t>(severity)]; }
};

inline FindingCounts count_findings(const lint::Run& run) {
  FindingCounts result;
  for (const Finding& finding : run.findings) {
    if (finding.suppressed) ++result.ignored;
    if (!finding.suppressed && finding.baseline) ++result.baseline;
    if (!counts(finding)) continue;
    ++result.by_severity[static_cast<std::size_t>(finding.severity)];
    if (finding.fix) ++result.fixable;
    if (finding.fix && finding.fix->safe) ++result.safely_fixable;
  }
  return result;
}

}  // namespace tlsward::report
