// Hides what must never be printed when a line of a configuration is shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/finding.h"

namespace tlsward::report {

/// Bytes [begin, end) of `text`, one line, with every byte that may be secret replaced by `*`: bodies of private keys
/// (also when the block began on an earlier line, or stands in one JSON string); scalar values of keys whose name holds
/// secret, password, passphrase, token, apikey or credential (core/secret_name.h), also where they stand on the lines
/// below; long base64 of keys whose name ends with "key"; base64 that is longer than a line of PEM and may be a key;
/// user names, passwords and tokens in addresses; values in the object of a key "users"; the "value" of a header with
/// such a "name". The length stays the same.
std::string masked_line(std::string_view text, std::size_t begin, std::size_t end);

/// True where masked_line() would change a line of `text`.
bool holds_secret(std::string_view text);

/// True where the fix puts a secret somewhere; programs that read a report do without its edits then.
bool writes_secret(const Fix& fix);

}  // namespace tlsward::report
