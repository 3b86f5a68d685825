// Gets past what other parsers of JSON allow: comments, and commas behind the last member or item.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"

namespace tlsward {

struct MendedJson {
  /// As long as the original, with spaces for comments and trailing commas.
  std::string text;
  /// What was mended, in file order: the first comment stands for all of them.
  std::vector<SyntaxError> errors;
};

/// The mended copy; nothing where there is nothing to mend.
std::optional<MendedJson> mend_json(std::string_view text, FileId file);

}  // namespace tlsward
