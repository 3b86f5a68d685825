// Services whose first packet has a structure: what parses is that service.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "net/ldap_response.h"
#include "net/mysql_greeting.h"
#include "net/postgres_error.h"
#include "net/rdp_confirm.h"
#include "net/server_text.h"
#include "net/service_recognisers.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

std::optional<Service> recognise_mysql(std::string_view sent) {
  if (sent.size() < kMysqlHeader) return {};
  const auto header = bytes_of(sent).first(kMysqlHeader);
  if (!is_first_mysql_packet(header)) return {};
  const auto greeting = parse_mysql_greeting(bytes_of(sent.substr(kMysqlHeader, mysql_payload_bytes(header))));
  if (!greeting) return {};
  const bool maria = greeting->text.find("MariaDB") != std::string::npos;
  return make_service(maria ? "MariaDB" : "MySQL", StartTls::Mysql, greeting->text);
}

std::optional<Service> recognise_postgres(std::string_view sent) {
  const auto error = parse_postgres_error(sent);
  if (!error) return {};
  return make_service("PostgreSQL", StartTls::Postgres, *error);
}

std::optional<Service> recognise_ldap(std::string_view sent) {
  const auto response = parse_ldap_response(bytes_of(sent));
  if (!response) return {};
  return make_service("LDAP", StartTls::Ldap, response->diagnostic);
}

std::optional<Service> recognise_rdp(std::string_view sent) {
  // X.224, 13.4, 13.5, 13.7: connection confirm, disconnect request, data.
  constexpr std::uint8_t kConfirm = 0xd0, kDisconnect = 0x80, kData = 0xf0;
  tls::wire::Reader reader(bytes_of(sent));
  const auto length = tpkt_bytes(reader.bytes(kTpktHeader));
  const std::uint8_t x224_length = reader.u8();
  const std::uint8_t code = reader.u8() & 0xf0;
  if (!reader.ok() || !length || x224_length + kTpktHeader + 1 > *length) return {};
  if (code != kConfirm && code != kDisconnect && code != kData) return {};
  return make_service("RDP", StartTls::Rdp, "");
}

// RFC 9113, 3.4: "the server connection preface consists of a potentially empty SETTINGS frame"; 4.1: length, type,
// flags, stream. A server that does not like what it was sent may say GOAWAY at once.
std::optional<Service> recognise_http2(std::string_view sent) {
  constexpr std::uint8_t kSettings = 4, kGoAway = 7;
  constexpr std::uint32_t kSetting = 6, kLeastGoAway = 8, kMostBytes = 1024;
  tls::wire::Reader reader(bytes_of(sent));
  const std::uint32_t length = reader.u24();
  const std::uint8_t type = reader.u8();
  const std::uint8_t flags = reader.u8();
  const std::uint32_t stream = reader.u32();
  if (!reader.ok() || flags != 0 || stream != 0 || length > kMostBytes) return {};
  const bool settings = type == kSettings && length % kSetting == 0;
  const bool go_away = type == kGoAway && length >= kLeastGoAway;
  if (!settings && !go_away) return {};
  return make_service("HTTP", StartTls::None, "HTTP/2");
}

// A server that does not like what it was sent answers with the protocol header that it would have liked: "AMQP", an
// id, and the version in three bytes (AMQP 0-9-1, 4.2.2; AMQP 1.0, 2.2).
std::optional<Service> recognise_amqp(std::string_view sent) {
  constexpr std::string_view kName = "AMQP";
  if (!sent.starts_with(kName)) return {};
  tls::wire::Reader reader(bytes_of(sent.substr(kName.size())));
  reader.u8();
  const int major = reader.u8(), minor = reader.u8(), revision = reader.u8();
  if (!reader.ok()) return {};
  return make_service(kName, StartTls::None, fmt::format("{} {}-{}-{}", kName, major, minor, revision));
}

}  // namespace

std::optional<Service> recognise_packet(std::string_view sent) {
  for (const auto recognise :
       {recognise_mysql, recognise_postgres, recognise_ldap, recognise_rdp, recognise_http2, recognise_amqp}) {
    if (auto service = recognise(sent)) return service;
  }
  return {};
}

}  // namespace tlsward::net
