// Percent-encoding (RFC 3986, 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tlsward {

/// All bytes but letters, digits, '-' and '_' become %XX with upper-case digits. Fit for file names: neither '.' nor
/// '/' is left.
std::string percent_encode(std::string_view bytes);

/// The bytes that `text` stands for. Nullopt where a '%' is not followed by two hex digits.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace tlsward
