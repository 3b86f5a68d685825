// What the program says of itself.
#pragma once

#include <string>
#include <string_view>

#include "lint/rule.h"

namespace tlsward::report {

/// "0.1.0".
std::string_view tool_version();
/// Month of the rule facts: "2026-11".
std::string_view rules_edition();
/// Page that explains the rule: its file of docs/rules below the base that the build was given, else the first cite.
std::string help_url(const lint::Rule& rule);

}  // namespace tlsward::report
