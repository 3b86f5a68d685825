// Changes that move text: comments that belong to it go along, or nothing moves.
//
// In YAML's block style a comment belongs to what stands in front of it on its line, and, on lines of its own, to what
// follows right below at the same indentation. Between brackets that is not clear; nothing moves there where comments
// are.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/source.h"

namespace tlsward::lint {

/// Edits that move the member whose key lies at `key` to the front of the map that lies exactly at `map`. Nullopt where
/// one of them is not found, removal() or insertion() (lint/edit.h) give up, or a comment cannot go along.
std::optional<std::vector<Edit>> move_into(std::string_view text, const Document& document, Span key, Span map);

/// Edits that make of two members of one map, whose keys lie at `one` and `other`, the only entry of a new list `name`,
/// in the place of the first. Nullopt as above.
std::optional<std::vector<Edit>> gather(std::string_view text, const Document& document, Span one, Span other,
                                        std::string_view name);

/// Edits that exchange the texts of two list items. Nullopt where a comment may be about one of them.
std::optional<std::vector<Edit>> exchange(std::string_view text, const Document& document, Span one, Span other);

}  // namespace tlsward::lint
