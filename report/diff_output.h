// The output of `tlsward diff`: text for people, JSON (tlsward-diff/1) for programs. docs/fleet.md describes the
// fields.
#pragma once

#include <cstdio>
#include <string>

#include "probe/diff.h"

namespace tlsward::report {

/// One block per endpoint, one line per change, the summary last.
void write_diff_text(const probe::Diff& diff, bool color, std::FILE* out);
/// One document.
void write_diff_json(const probe::Diff& diff, std::FILE* out);
/// One endpoint a line.
void write_diff_ndjson(const probe::Diff& diff, std::FILE* out);

/// "2 of 10 endpoints changed, 1 new, 1 gone: 1 worse, 3 better, 2 neutral, 1 unknown".
std::string summary(const probe::Diff& diff);

}  // namespace tlsward::report
