// User names, passwords and tokens in addresses (RFC 3986, 3.2.1 and 3.4), which must never be printed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward {

/// Bytes [begin, end) of a text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The next user name and password in `text` at or behind `from`: what stands before the '@' of `scheme://…@host`, or
/// of `user:password@host` as a word of its own. A mail address is none.
std::optional<ByteRange> find_userinfo(std::string_view text, std::size_t from = 0);

/// The value of the next parameter in `text` at or behind `from` whose name is that of a secret: of "token" in
/// "?a=b&token=c". A reference ("${TOKEN}") is none.
std::optional<ByteRange> find_query_secret(std::string_view text, std::size_t from = 0);

/// The text with an ellipsis in place of each of both: "https://…@host/?token=…".
std::string without_userinfo(std::string_view text);

/// The address alone: "https://host/?token=…".
std::string address_without_userinfo(std::string_view text);

}  // namespace tlsward
