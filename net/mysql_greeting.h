// The first packet of a MySQL or MariaDB server: a greeting, or an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tlsward::net {

struct MysqlGreeting {
  int error = 0;         // 1040: too many connections, 1129: host is blocked; 0: a greeting
  std::string text;      // "8.0.36", "5.5.5-10.11.6-MariaDB"; the message of an error
  bool has_tls = false;  // CLIENT_SSL is among the server's capabilities
};

/// Bytes in front of a packet's payload: its length in three bytes, least significant first, and a number.
inline constexpr std::size_t kMysqlHeader = 4;
/// The first packet of a connection has number 0, and is short: `header` has kMysqlHeader bytes.
bool is_first_mysql_packet(std::span<const std::uint8_t> header);
/// The length of the payload behind `header`, which has kMysqlHeader bytes.
std::size_t mysql_payload_bytes(std::span<const std::uint8_t> header);

/// Protocol::HandshakeV10 or ERR_Packet, without its header. Nullopt for anything else.
std::optional<MysqlGreeting> parse_mysql_greeting(std::span<const std::uint8_t> payload);

}  // namespace tlsward::net
