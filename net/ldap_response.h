// LDAP's answer to an extended operation (RFC 4511, 4.12), in BER.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tlsward::net {

struct LdapResponse {
  std::uint32_t message_id = 0;  // 0: a notification that nobody asked for
  int code = 0;                  // resultCode; 0: success
  std::string diagnostic;        // the server's words
};

/// An LDAPMessage that holds an ExtendedResponse. Nullopt for anything else.
std::optional<LdapResponse> parse_ldap_response(std::span<const std::uint8_t> message);

/// Bytes of the header of an LDAPMessage, 2 to 5, by its first two. Nullopt where they are not the beginning of one, or
/// of one of 16 MiB and more.
std::optional<std::size_t> ldap_header_bytes(std::span<const std::uint8_t> beginning);
/// Bytes that follow a header of the size above.
std::size_t ldap_content_bytes(std::span<const std::uint8_t> header);

/// "protocolError (2)", "code 4711".
std::string ldap_code_text(int code);

}  // namespace tlsward::net
