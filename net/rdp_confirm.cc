#include "net/rdp_confirm.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

using tls::wire::Reader;

constexpr std::uint8_t kTpktVersion = 3;
constexpr std::uint8_t kConnectionConfirm = 0xd0;  // X.224, 13.4
constexpr std::uint8_t kNegotiationResponse = 2;
constexpr std::uint8_t kNegotiationFailure = 3;

// MS-RDPBCGR, 2.2.1.2.2, from code 1.
constexpr std::array<std::string_view, 6> kFailureNames = {
    "SSL_REQUIRED_BY_SERVER", "SSL_NOT_ALLOWED_BY_SERVER", "SSL_CERT_NOT_ON_SERVER",
    "INCONSISTENT_FLAGS",     "HYBRID_REQUIRED_BY_SERVER", "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER"};

std::uint32_t little_endian(Reader& reader) {
  std::uint32_t value = 0;
  for (int shift = 0; shift < 32; shift += 8) value |= static_cast<std::uint32_t>(reader.u8()) << shift;
  return value;
}

}  // namespace

std::optional<std::size_t> tpkt_bytes(std::span<const std::uint8_t> header) {
  Reader reader(header);
  const std::uint8_t version = reader.u8();
  reader.u8();
  const std::size_t length = reader.u16();
  constexpr std::size_t kShortest = kTpktHeader + 3;  // RFC 1006, 6
  if (!reader.ok() || version != kTpktVersion || length < kShortest) return {};
  return length;
}

std::optional<RdpConfirm> parse_rdp_confirm(std::span<const std::uint8_t> packet) {
  if (tpkt_bytes(packet) != packet.size()) return {};
  Reader reader(packet.subspan(kTpktHeader));
  reader.u8();  // X.224 length, of which RDP's structure is a part
  const std::uint8_t code = reader.u8();
  reader.bytes(5);  // destination and source reference, class
  if (!reader.ok() || (code & 0xf0) != kConnectionConfirm) return {};

  RdpConfirm confirm;
  if (reader.empty()) return confirm;
  const std::uint8_t kind = reader.u8();
  reader.bytes(3);  // flags and length
  const std::uint32_t value = little_endian(reader);
  if (!reader.ok()) return {};
  if (kind == kNegotiationResponse) confirm.protocol = value;
  if (kind == kNegotiationFailure) confirm.failure = value;
  return confirm;
}

std::string rdp_failure_text(std::uint32_t code) {
  if (code == 0 || code > kFailureNames.size()) return fmt::format("code {}", code);
  return fmt::format("{} ({})", kFailureNames[code - 1], code);
}

}  // namespace tlsward::net
