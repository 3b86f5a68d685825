// Words of others inside of messages.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::probe {

/// The text in single quotes, safe to print: control characters, directional formatting and bytes that are no UTF-8
/// stand as \xNN, and what is beyond 80 bytes as "...".
std::string quoted(std::string_view text);

}  // namespace tlsward::probe
