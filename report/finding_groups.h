// The findings that count, by the file or endpoint that they stand in.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/finding.h"
#include "lint/run.h"

namespace tlsward::report {

struct FindingGroup {
  std::vector<const Finding*> findings;
  std::vector<const lint::RunError*> errors;  // those that no finding tells
};

/// Every input, those without findings too, sorted by its name.
std::map<std::string, FindingGroup> group_findings(const lint::Run& run);

}  // namespace tlsward::report
