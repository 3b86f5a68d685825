// The lines of a file that a finding points at, with the caret under the right columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/source.h"

namespace tlsward::report {

/// Lines ready to print: source lines as "4 |   text", the underline as "  |   ^^^^ label". `mark_begin` and `mark_end`
/// are the byte range of the underline in its line, for colour.
struct Snippet {
  struct Row {
    std::size_t number = 0;  // line in the file; 0 for the underline
    std::string text;
  };
  std::vector<Row> rows;
  int gutter = 1;  // columns of the widest line number
};

/// The line in front of the place (where it has text), the line of the place and the underline. A place that goes on
/// over several lines is underlined up to the end of its first line. Long lines are cut round the place. Secrets are
/// masked, control characters replaced.
Snippet snippet(const SourceMap& sources, Span where, std::string_view label);

}  // namespace tlsward::report
