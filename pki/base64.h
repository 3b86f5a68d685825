// Base64 as it stands in PEM (RFC 7468, section 3).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/result.h"
#include "pki/secret_bytes.h"

namespace tlsward::pki {

/// Decodes base64 with padding; blanks and line breaks anywhere are skipped, as Go and OpenSSL do. `first_line` is the
/// number of the line that `text` starts in. The error names the line, never the text.
Result<SecretBytes> decode_base64(std::string_view text, std::size_t first_line);

/// `bytes` in base64 with padding, without line breaks.
SecretBytes encode_base64(std::span<const unsigned char> bytes);

/// True for the letters, digits, `+`, `/` and `=` of base64.
bool is_base64_character(char c);

}  // namespace tlsward::pki
