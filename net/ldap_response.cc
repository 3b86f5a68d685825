// BER (X.690) as LDAP restricts it (RFC 4511, 5.1): definite lengths only. Each value is a tag, a length and its
// content:
//   30 len { 02 len messageID, 78 len { 0a len resultCode, 04 len matchedDN, 04 len diagnosticMessage, ... } }
#include "net/ldap_response.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "net/server_text.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

using tls::wire::Reader;
using tls::wire::View;

constexpr std::uint8_t kInteger = 0x02;
constexpr std::uint8_t kOctetString = 0x04;
constexpr std::uint8_t kEnumerated = 0x0a;
constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kExtendedResponse = 0x78;  // [APPLICATION 24], constructed

constexpr std::size_t kTagAndLength = 2;  // of one byte each, unless the length is in the long form
constexpr std::uint8_t kLongForm = 0x80;  // X.690, 8.1.3.5: the low bits say how many bytes the length has

struct CodeName {
  int code;
  std::string_view name;
};
// RFC 4511, 4.1.9: those that fit an extended operation.
constexpr std::array kCodeNames = {
    CodeName{0, "success"},
    CodeName{1, "operationsError"},
    CodeName{2, "protocolError"},
    CodeName{3, "timeLimitExceeded"},
    CodeName{7, "authMethodNotSupported"},
    CodeName{8, "strongerAuthRequired"},
    CodeName{10, "referral"},
    CodeName{11, "adminLimitExceeded"},
    CodeName{12, "unavailableCriticalExtension"},
    CodeName{13, "confidentialityRequired"},
    CodeName{50, "insufficientAccessRights"},
    CodeName{51, "busy"},
    CodeName{52, "unavailable"},
    CodeName{53, "unwillingToPerform"},
    CodeName{80, "other"},
};

/// Bytes of the length behind `first`, which is the first of it. Nullopt for the indefinite form, which is 0x80 alone,
/// and for lengths of more than three bytes.
std::optional<std::size_t> bytes_behind(std::uint8_t first) {
  constexpr std::uint8_t kMost = 3;
  if (first < kLongForm) return 0;
  if (first == kLongForm || first > kLongForm + kMost) return {};
  return first - kLongForm;
}

std::size_t length_of(std::uint8_t first, View behind) {
  if (first < kLongForm) return first;
  std::size_t length = 0;
  for (const std::uint8_t byte : behind) length = length << 8 | byte;
  return length;
}

/// The content of the next value. One of another tag clears `good`.
View take(Reader& reader, std::uint8_t tag, bool& good) {
  good = good && reader.u8() == tag;
  const std::uint8_t first = reader.u8();
  const auto behind = bytes_behind(first);
  good = good && behind;
  if (!good) return {};
  return reader.bytes(length_of(first, reader.bytes(*behind)));
}

/// At most four bytes, not negative.
std::optional<std::uint32_t> number(View content) {
  if (content.empty() || content.size() > 4 || content[0] & 0x80) return {};
  std::uint32_t value = 0;
  for (const std::uint8_t byte : content) value = value << 8 | byte;
  return value;
}

}  // namespace

std::optional<LdapResponse> parse_ldap_response(std::span<const std::uint8_t> message) {
  bool good = true;
  Reader whole(message);
  Reader envelope(take(whole, kSequence, good));
  const auto id = number(take(envelope, kInteger, good));
  Reader result(take(envelope, kExtendedResponse, good));
  const auto code = number(take(result, kEnumerated, good));
  take(result, kOctetString, good);
  const View diagnostic = take(result, kOctetString, good);
  if (!good || !whole.ok() || !envelope.ok() || !result.ok() || !id || !code) return {};
  return LdapResponse{*id, static_cast<int>(*code), std::string(text_of(diagnostic))};
}

std::optional<std::size_t> ldap_header_bytes(std::span<const std::uint8_t> beginning) {
  if (beginning.size() < kTagAndLength || beginning[0] != kSequence) return {};
  const auto behind = bytes_behind(beginning[1]);
  if (!behind) return {};
  return kTagAndLength + *behind;
}

std::size_t ldap_content_bytes(std::span<const std::uint8_t> header) {
  return length_of(header[1], header.subspan(kTagAndLength));
}

std::string ldap_code_text(int code) {
  for (const CodeName& known : kCodeNames) {
    if (known.code == code) return fmt::format("{} ({})", known.name, code);
  }
  return fmt::format("code {}", code);
}

}  // namespace tlsward::net
