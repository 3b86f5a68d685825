// The list of rules, written out.
#pragma once

#include <span>

#include "lint/rule.h"

namespace tlsward::rules {

/// Every rule, ascending by id.
std::span<const lint::Rule* const> all();
/// By id, or nullptr.
const lint::Rule* find(std::string_view id);

}  // namespace tlsward::rules
