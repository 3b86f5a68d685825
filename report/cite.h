// Which of a rule's sources is shown where there is room for one.
#pragma once

#include <string_view>

#include "lint/rule.h"

namespace tlsward::report {

/// The first source, but where that is about another gateway than `gateway` (an id; empty: not known): the first that
/// is about this one, else the first that is about none. nullptr where the rule has none.
const lint::Cite* nearest_cite(const lint::Rule& rule, std::string_view gateway);

}  // namespace tlsward::report
