// What suppressions do in a run.
#pragma once

#include <span>

#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"

namespace tlsward::lint {

/// Adds the entries of Options::ignores to `run.suppressions`, gives the findings that are covered their
/// Finding::suppressed, settles the state of every suppression and adds the findings of suppress/… Those are never
/// suppressed themselves.
void apply_suppressions(Run& run, std::span<const Rule* const> rules, const Options& options);

}  // namespace tlsward::lint
