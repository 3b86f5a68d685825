// A rule as a page: for `explain`, for docs/rules.md and as JSON.
#pragma once

#include <cstdio>
#include <span>

#include "lint/rule.h"

namespace tlsward::report {

/// The page of one rule as plain text for a terminal.
void write_rule_text(const lint::Rule& rule, bool color, std::FILE* out);
/// One line a rule: severity, id, summary.
void write_rule_list(std::span<const lint::Rule* const> rules, bool color, std::FILE* out);
/// All pages as one Markdown document with a table in front.
void write_rules_markdown(std::span<const lint::Rule* const> rules, std::FILE* out);
/// {"schema": "tlsward-rules/1", "rules": [{"id": …}]}.
void write_rules_json(std::span<const lint::Rule* const> rules, std::FILE* out);

}  // namespace tlsward::report
