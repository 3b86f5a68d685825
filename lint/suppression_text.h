// What a suppression says: "tlsward: ignore[tls/weak-cipher] until=2027-01-31 owner=net-team legacy terminals".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::lint {

/// Why a text that speaks to tlsward is no suppression.
enum class Flaw : std::uint8_t {
  None,
  Malformed,    // an ignore without ids, with a broken list, or with until= or owner= misspelt, empty or twice
  UnknownWord,  // "tlsward: disable"
  NoComment,    // it stands in a value: a block scalar, or a member that is called otherwise than "@comment"
};

/// A piece of the text, as offsets into it.
struct TextPart {
  std::size_t begin = 0, end = 0;
};

struct SuppressionText {
  bool whole_file = false;    // ignore-file
  std::vector<TextPart> ids;  // in order, without blanks
  std::string reason, owner, until;
  Flaw flaw = Flaw::None;
  std::string problem;  // in words where there is a flaw
};

/// Reads the text of a comment (behind its `#`) or of an "@comment" member. Nullopt where it does not begin with
/// "tlsward:" (or "tlsward ignore", which is told as a mistake).
std::optional<SuppressionText> parse_suppression(std::string_view text);

/// Where in `text`, at or behind `from`, somebody writes "tlsward: ignore[" or "ignore-file["; npos where nobody does.
std::size_t find_suppression(std::string_view text, std::size_t from = 0);

}  // namespace tlsward::lint
