// The HTML page of a run.
#pragma once

#include <string>
#include <vector>

#include "probe/result.h"

namespace tlsward::tests {

/// The page of a run that gave these results.
std::string probe_page(const std::vector<probe::HostResult>& results);

}  // namespace tlsward::tests
