// Hides what must never be printed when a line of a configuration is shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tlsward::report {

/// Bytes [begin, end) of `text`, one line, with every byte that may be secret replaced by `*`: bodies of private keys
/// (also when the block began on an earlier line, or stands in one JSON string), and scalar values of keys whose name
/// holds secret, password, passphrase, token, apikey or credential. The length stays the same.
std::string masked_line(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace tlsward::report
