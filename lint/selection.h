// Which findings are shown: `--select` and `--ignore`, and rules that replace others.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "lint/options.h"
#include "lint/rule.h"

namespace tlsward::lint {

/// True where `--select` (or its absence) wants the rule, `--ignore` does not name it or its group, and .tlsward.yaml
/// does not switch it off and does not pin an older rule set; a rule that `--select` names by its id is asked though it
/// is off or newer.
bool selected(std::string_view rule_id, const Options& options);

/// The rules that must run so that the selected ones are right: those selected and those that replace one of them. What
/// is newer than the pinned rule set replaces nothing.
std::vector<const Rule*> rules_to_run(std::span<const Rule* const> rules, const Options& options);

/// Drops every finding that another one replaces (Rule::replaces, Rule::replaces_in_context). A finding that is itself
/// replaced still replaces others, so that the order of the rules makes no difference. Keeps the order.
void drop_replaced(std::vector<Finding>& findings, std::span<const Rule* const> rules);

}  // namespace tlsward::lint
