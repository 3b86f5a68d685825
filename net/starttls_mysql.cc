// MySQL and MariaDB: the greeting says whether the server can do TLS. The request is the front part of the answer that
// logs in, and has no answer of its own: TLS follows at once.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "net/mysql_greeting.h"
#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

using namespace std::string_view_literals;

// SSL Connection Request Packet: length 32, sequence number 1; CLIENT_LONG_PASSWORD (which says to MariaDB that this is
// no client of its own), CLIENT_PROTOCOL_41, CLIENT_SSL, CLIENT_SECURE_CONNECTION; packets of at most 16 MiB; utf8; 23
// bytes of filler.
constexpr std::string_view kSslRequest =
    "\x20\x00\x00\x01"
    "\x01\x8a\x00\x00"
    "\x00\x00\x00\x01"
    "\x21"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"sv;
static_assert(kSslRequest.size() == kMysqlHeader + 32);

constexpr std::string_view kWanted = "one of MySQL's protocol 10";

}  // namespace

Script talk_mysql(Conversation& server) {
  const std::string header = co_await server.bytes(kMysqlHeader);
  if (!is_first_mysql_packet(bytes_of(header))) co_return unexpected("greeting", server.heard(), kWanted);
  const std::string payload = co_await server.bytes(mysql_payload_bytes(bytes_of(header)));
  const auto greeting = parse_mysql_greeting(bytes_of(payload));
  if (!greeting) co_return unexpected("greeting", server.heard(), kWanted);
  if (greeting->error != 0) {
    co_return refusal(fmt::format("greeting is error {}: {}", greeting->error, quoted(greeting->text)));
  }
  if (!greeting->has_tls) co_return refusal(fmt::format("server {} does not offer TLS", quoted(greeting->text)));
  server.send(kSslRequest);
  co_return Nothing{};
}

}  // namespace tlsward::net
