// IP addresses with a port, as plain data.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward::net {

struct Address {
  std::array<std::uint8_t, 16> bytes{};  // IPv4: the first four
  bool v6 = false;
  std::uint16_t port = 0;
  std::uint32_t scope = 0;  // of a link-local IPv6 address; 0: none

  friend auto operator<=>(const Address&, const Address&) = default;
};

/// "127.0.0.1", "::1", "fe80::1%2": without the port.
std::string ip_text(const Address& address);
/// "127.0.0.1:443", "[::1]:443".
std::string text(const Address& address);
/// An IP address in text, without brackets and port. Nullopt for a name.
std::optional<Address> parse_ip(std::string_view text, std::uint16_t port);
/// 127.0.0.0/8, ::1 and IPv4-mapped forms of the former.
bool is_loopback(const Address& address);

}  // namespace tlsward::net
