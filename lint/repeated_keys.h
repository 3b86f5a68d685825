// Keys that stand twice in one map, of which the gateway keeps the last.
#pragma once

#include <deque>
#include <vector>

#include "core/document.h"
#include "core/finding.h"

namespace tlsward::lint {

/// Drops every fix that takes away or renames a key which stands twice: the other one would take its place, with a
/// value that had no effect before. The fixes of config/duplicate-key stay, for that is what they are for. The findings
/// stay.
void drop_fixes_of_repeated_keys(std::vector<Finding>& findings, const std::deque<Document>& documents);

}  // namespace tlsward::lint
