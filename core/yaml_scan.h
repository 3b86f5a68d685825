// Where the parts of a YAML text end. yaml-cpp says only where they start; these functions find the rest in the text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/document.h"

namespace tlsward {

/// The bytes [begin, end) of a file that make one document, its `---` line, directives and comments included.
struct DocumentExtent {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The documents of `text` from `begin` on, split at the lines `---` and `...`. Those without any content (white space,
/// comments, markers only) are left out.
std::vector<DocumentExtent> split_documents(std::string_view text, std::size_t begin);

/// Offset of the next byte from `at` on that is neither white space nor in a comment; `text.size()` at the end.
std::size_t skip_gap(std::string_view text, std::size_t at);

/// Offset behind the anchor (`&a`) or tag (`!t`) at `at`; `at` where none stands there.
std::size_t property_end(std::string_view text, std::size_t at);

/// Offset behind the alias `*name` at `at`.
std::size_t alias_end(std::string_view text, std::size_t at);

/// Offset behind the closing quote of the quoted scalar at `begin`; nothing where it is not closed.
std::optional<std::size_t> quoted_end(std::string_view text, std::size_t begin);

/// Offset behind the plain scalar at `begin` whose folded text is `value`.
std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value);

/// Offset behind the block scalar (`|`, `>`) at `begin`: the end of its last line without the line break. With `+`
/// blank lines count. `parent_column` is the column of the innermost block collection round it, -1 for none.
std::size_t block_scalar_end(std::string_view text, std::size_t begin, int parent_column);

/// Bytes between `at` and the start of its line.
int column_of(std::string_view text, std::size_t at);

/// True where `word` stands at `at` as a whole plain scalar that spells null.
bool spells_null(std::string_view text, std::size_t at);

/// True where the plain scalar at `at` is the key of a `key: value` pair on its line.
bool is_followed_by_colon(std::string_view text, std::size_t end);

/// The kind of a plain scalar in the core schema (YAML 1.2.2, 10.3.2).
NodeKind core_schema_kind(std::string_view plain);

/// True for a value that only a number can have in the core schema.
bool is_core_schema_number(std::string_view plain);

/// Comments and tabs at the start of lines in the text between scalars.
struct GapFindings {
  std::vector<Comment> comments;
  std::vector<Span> indenting_tabs;
};

/// Looks through `text` from `begin` to `end` but for `scalars`, which are in file order.
GapFindings scan_gaps(std::string_view text, FileId file, std::size_t begin, std::size_t end,
                      const std::vector<Span>& scalars);

}  // namespace tlsward
