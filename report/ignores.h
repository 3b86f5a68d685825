// The suppressions of a run, for `tlsward ignores`.
#pragma once

#include <cstdio>

#include "lint/run.h"

namespace tlsward::report {

/// One suppressed rule a line: place, rule, state, until, owner, reason.
void write_ignores_text(const lint::Run& run, std::FILE* out);
/// tlsward-ignores/1: {"schema", "ignores": [{"rule", "state", "kind", "place", "reason", "owner", "until"}]}. What
/// could not be understood has the rule null and a "problem".
void write_ignores_json(const lint::Run& run, std::FILE* out);

}  // namespace tlsward::report
