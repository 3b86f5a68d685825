// tlsward-baseline/2: the file that a baseline is kept in, made to be read in a review.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lint/baseline.h"

namespace tlsward::report {

/// An entry for every finding that is not suppressed; what is told about suppressions never is in a baseline. `root`:
/// what paths are relative to.
std::vector<lint::BaselineEntry> baseline_of(const lint::Run& run, const std::string& root);

/// The file: JSON, sorted by path, rule, subject, value and ordinal.
std::string baseline_text(std::vector<lint::BaselineEntry> entries);

/// What `baseline_text` wrote. Error: no JSON, another schema, or a broken entry; in words that follow the file's name.
Result<std::vector<lint::BaselineEntry>> parse_baseline(std::string_view text);

/// True for a baseline of any version, also one that cannot be used because a merge left its marks in it.
bool is_baseline(std::string_view text);

}  // namespace tlsward::report
