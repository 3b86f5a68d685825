// Blocks of IP addresses (CIDR, RFC 4632), counted through without ever being a list.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/address.h"
#include "probe/target.h"

namespace tlsward::probe {

/// "192.0.2.0/24", "192.0.2.0/24:8443", "[2001:db8::]/120", "2001:db8::/120". All addresses of the block are in it, the
/// first and last of an IPv4 network too.
struct AddressBlock {
  net::Address first;
  int prefix = 0;
  std::uint16_t port = 443;
  bool port_given = false;

  /// Number of addresses; at most 2^20 (parse_block refuses larger blocks).
  std::uint64_t size() const;
  /// The address with this index, from 0 to size() - 1.
  Target at(std::uint64_t index) const;
};

/// Nullopt where it is meant as something else: no '/', or "://" or '@' in it (parse_target's business). Errors: no
/// address, set bits behind the prefix (they may be a typing error, and a scan of the wrong network is not taken back),
/// more than 2^20 addresses, a wrong port.
std::optional<Result<AddressBlock>> parse_block(std::string_view text, std::uint16_t default_port = 443);

}  // namespace tlsward::probe
