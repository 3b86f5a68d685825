// The outside of PEM (RFC 7468): BEGIN and END lines, and what went wrong with them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tlsward::pki {

/// One BEGIN line with what follows it. Views point into the text that was scanned.
struct ArmorBlock {
  std::string label;               // "CERTIFICATE"; printable_label() of what is written
  std::string_view body;           // from behind BEGIN to END; empty where `broken` is not
  std::size_t line = 1;            // of BEGIN, from 1; the body starts in the same line
  bool folded = false;             // body and BEGIN, or body and END, share a line
  std::string broken;              // why there is no body: END missing or of another label
  std::vector<std::string> flaws;  // other reasons for which strict readers pass over the block
};

struct Armor {
  std::vector<ArmorBlock> blocks;
  std::vector<std::string> strays;  // problems outside of blocks: END without BEGIN, BEGIN without closing dashes
  std::size_t commented = 0;        // BEGIN and END lines that start with `#`
  bool cut = false;                 // there were more blocks than `limit`
};

enum class CommentedLines : bool { Skip, Read };

/// Finds the first `limit` blocks of `text`. BEGIN and END lines behind a `#` are no part of PEM; with Read, they are
/// taken all the same (and only they), for texts that are commented out as a whole. Linear in the size of the text.
Armor scan_armor(std::string_view text, std::size_t limit, CommentedLines commented = CommentedLines::Skip);

/// A block's body taken apart: RFC 1421 headers such as `Proc-Type: 4,ENCRYPTED`, then base64.
struct ArmorBody {
  bool encrypted = false;
  std::string_view base64;
  std::size_t base64_line = 1;
};
/// Takes the body of `block` apart.
ArmorBody split_headers(const ArmorBlock& block);

/// True where `body` is documentation instead of base64: `...`, `insert certificate`, `<certificate>`, or lines that
/// start with `#`.
bool is_sample_text(std::string_view body);

}  // namespace tlsward::pki
