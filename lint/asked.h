// What a run can know to be absent: that there is no finding means something only where it would have been made.
#pragma once

#include <span>
#include <string_view>

#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"

namespace tlsward::lint {

/// The rule with this id, or nullptr.
const Rule* rule_called(std::span<const Rule* const> rules, std::string_view id);

/// True where the run asked the rule, with all that it needs: a probe, a policy.
bool was_asked(const Rule& rule, const Options& options);

/// True for a rule that may say less, or nothing, where the files that a configuration names are not read (--no-files).
bool reads_files(std::string_view id);

/// True where the rule was asked of all of the file and of what belongs to it.
bool would_be_found(const Rule& rule, const JudgedFile& file, const Options& options);

}  // namespace tlsward::lint
