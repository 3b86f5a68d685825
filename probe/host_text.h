// Host names, addresses and ports as text: what targets and blocks of addresses are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace tlsward::probe {

/// A decimal number from 1 to 65535. Error: "port 70000 is out of range; 1 to 65535".
Result<std::uint16_t> parse_port(std::string_view text);

/// A host name in lower case without the dot at its end (RFC 1123, 2.1, and underscores; at most 253 characters, 63 in
/// a label), or an IP address in its one usual form (RFC 5952). The text must have no control characters. Errors say
/// what stands in the way and what is accepted, without repeating the name.
Result<std::string> parse_host(std::string_view text);

/// The host with brackets where it is an IPv6 address, and the port: "api.example:443", "[::1]:443".
std::string endpoint_text(std::string_view host, std::uint16_t port);

}  // namespace tlsward::probe
