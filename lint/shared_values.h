// What YAML writes once and uses in several places: anchors with their aliases, and `<<`.
#pragma once

#include <deque>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/source.h"

namespace tlsward::lint {

/// Drops every fix that touches a text which an alias or `<<` also uses elsewhere: it would change that place too, or
/// take away what the alias stands for. The findings stay.
void drop_fixes_of_shared_values(std::vector<Finding>& findings, const std::deque<Document>& documents);

/// Labels every finding inside such a text with the places that use it: the aliases, or the `<<`. Of many the first
/// few.
void label_uses_of_shared_values(std::vector<Finding>& findings, const std::deque<Document>& documents);

}  // namespace tlsward::lint
