// PostgreSQL's ErrorResponse, in the words of its fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tlsward::net {

/// What an ErrorResponse says, `bytes` beginning with its 'E': "FATAL: sorry, too many clients already". Protocol 3
/// (fields with a letter in front of each; "Message Formats", ErrorResponse) and what servers say before they know
/// which protocol it will be (plain text up to a zero byte). Nullopt for anything else.
std::optional<std::string> parse_postgres_error(std::string_view bytes);

}  // namespace tlsward::net
