// Changes to the bytes of a file that leave comments and formatting alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/source.h"

namespace tlsward::lint {

/// The text with all edits made. Edits at one place are made in the order given. Nullopt where two of them overlap or
/// one reaches beyond the text. The file number of the edits is not looked at.
std::optional<std::string> apply_edits(std::string_view text, std::vector<Edit> edits);

/// Edit that puts `value` in place of what lies at `where`. Of a null of which nothing is written `where` is the empty
/// place behind its key or anchor; it gets a blank in front. A tag of YAML's own (`!!float`) goes, an anchor stays.
Edit replacement(std::string_view text, Span where, std::string_view value);

/// Edits that remove the list items or map members whose values (or keys) lie exactly at `where`; all of one list or
/// map. In JSON and YAML flow style commas go with them, in YAML block style whole lines; so does a comment behind an
/// item on its line. A block that loses everything becomes `[]` or `{}`. Nullopt where a value is not found as an item
/// or member, where templates may add others, where an earlier member of the same key would take effect again, or where
/// the text is laid out in a way that is not understood.
std::optional<std::vector<Edit>> removal(std::string_view text, const Document& document,
                                         const std::vector<Span>& where);

/// Edit that adds `key`: `value` (in the file's own syntax; `key` without quotes) as the first member of the map that
/// lies exactly at `map`, on a line of its own where the others have one. A null that the key already has is replaced.
/// Nullopt where no map lies there, templates may add members to it, or the key has another value.
std::optional<Edit> insertion(std::string_view text, const Document& document, Span map, std::string_view key,
                              std::string_view value);

}  // namespace tlsward::lint
