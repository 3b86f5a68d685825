// A Remote Desktop server's answer to a connection request (MS-RDPBCGR, 2.2.1.2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tlsward::net {

struct RdpConfirm {
  /// Kept empty where the server negotiates nothing, as those before 2003, which know no TLS.
  std::optional<std::uint32_t> protocol;  // selected: 0 RDP's own security, 1 TLS, 2 CredSSP over TLS
  std::optional<std::uint32_t> failure;   // code of an RDP Negotiation Failure
};

/// Bytes of a TPKT header (RFC 1006, 6): version 3, a reserved byte, the length of the whole packet.
inline constexpr std::size_t kTpktHeader = 4;
/// Length of the packet with its header. Nullopt where it is no TPKT header or one that is too short.
std::optional<std::size_t> tpkt_bytes(std::span<const std::uint8_t> header);

/// A whole TPKT packet with an X.224 Connection Confirm. Nullopt for anything else.
std::optional<RdpConfirm> parse_rdp_confirm(std::span<const std::uint8_t> packet);

/// "SSL_NOT_ALLOWED_BY_SERVER (2)", "code 9" (MS-RDPBCGR, 2.2.1.2.2).
std::string rdp_failure_text(std::uint32_t code);

}  // namespace tlsward::net
