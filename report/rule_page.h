// A rule as a page: for `explain`, for docs/rules/ and as JSON.
#pragma once

#include <cstdio>
#include <span>

#include "lint/rule.h"

namespace tlsward::report {

/// The page of one rule as plain text for a terminal.
void write_rule_text(const lint::Rule& rule, bool color, std::FILE* out);
/// One line a rule: severity, id, summary.
void write_rule_list(std::span<const lint::Rule* const> rules, bool color, std::FILE* out);
/// The page of one rule in Markdown: docs/rules/<id>.md.
void write_rule_markdown(const lint::Rule& rule, std::FILE* out);
/// The table of all rules in Markdown, with links to their pages: docs/rules.md.
void write_rules_markdown(std::span<const lint::Rule* const> rules, std::FILE* out);
/// {"schema": "tlsward-rules/1", "rules": [{"id": …}]}.
void write_rules_json(std::span<const lint::Rule* const> rules, std::FILE* out);

}  // namespace tlsward::report
