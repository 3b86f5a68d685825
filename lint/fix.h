// Fixes put together: which of a run's fixes can be made at once, and what the files are then.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/source.h"
#include "lint/run.h"

namespace tlsward::lint {

/// A file with the fixes that were made in it.
struct FixedFile {
  std::string path;  // as the run prints it
  std::string text;  // afterwards
};

struct FixRound {
  std::vector<FixedFile> files;  // those that change
  std::size_t fixes = 0;         // that were made
};

/// Makes the fixes of the findings that count in the files that were judged, in their order; one that touches bytes of
/// an earlier one is left for the next round. Without `unsafe` only safe ones.
FixRound make_fixes(const Run& run, bool unsafe);

/// `file`, a .tlsward.yaml, without the entries that suppress nothing, all at once; their findings go from `run`.
/// nullopt where there are none.
std::optional<FixedFile> fix_configuration(Run& run, FileId file);

}  // namespace tlsward::lint
