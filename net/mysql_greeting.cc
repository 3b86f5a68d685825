#include "net/mysql_greeting.h"

#include <algorithm>

#include "net/server_text.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

using tls::wire::Reader;
using tls::wire::View;

constexpr std::uint8_t kProtocol = 10;
constexpr std::uint8_t kError = 0xff;
constexpr std::uint16_t kClientSsl = 0x0800;

// Numbers of this protocol have their least significant byte first.
std::uint16_t little_endian(Reader& reader) {
  const std::uint8_t low = reader.u8();
  return static_cast<std::uint16_t>(reader.u8() << 8 | low);
}

std::optional<MysqlGreeting> parse_error(Reader reader) {
  MysqlGreeting greeting;
  greeting.error = little_endian(reader);
  View text = reader.rest();
  constexpr std::size_t kSqlState = 6;  // '#' and five characters; before the capabilities are agreed on there is none
  if (text.size() >= kSqlState && text[0] == '#') text = text.subspan(kSqlState);
  greeting.text = text_of(text);
  if (!reader.ok() || greeting.error == 0) return {};
  return greeting;
}

}  // namespace

bool is_first_mysql_packet(std::span<const std::uint8_t> header) {
  // Versions, messages of errors and names of plugins are far below this.
  constexpr std::size_t kMostPayload = 1024;
  const std::size_t payload = mysql_payload_bytes(header);
  return header[3] == 0 && payload > 0 && payload <= kMostPayload;
}

std::size_t mysql_payload_bytes(std::span<const std::uint8_t> header) {
  return header[0] | static_cast<std::size_t>(header[1]) << 8 | static_cast<std::size_t>(header[2]) << 16;
}

std::optional<MysqlGreeting> parse_mysql_greeting(std::span<const std::uint8_t> payload) {
  Reader reader(payload);
  const std::uint8_t kind = reader.u8();
  if (kind == kError) return parse_error(reader);
  if (kind != kProtocol) return {};

  constexpr std::size_t kThreadId = 4, kChallenge = 8, kFiller = 1;
  MysqlGreeting greeting;
  const View rest = reader.rest();
  greeting.text =
      text_of(reader.bytes(static_cast<std::size_t>(std::find(rest.begin(), rest.end(), 0) - rest.begin())));
  reader.bytes(1 + kThreadId + kChallenge + kFiller);
  greeting.has_tls = (little_endian(reader) & kClientSsl) != 0;
  if (!reader.ok()) return {};
  return greeting;
}

}  // namespace tlsward::net
