// ServerHello and HelloRetryRequest, which is a ServerHello with a random that everybody knows. What was negotiated
// stands in one of two places: TLS 1.3 says TLS 1.2 in front and the truth in an extension.
#include <algorithm>
#include <iterator>

#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {
namespace {

constexpr std::size_t kMaxSessionId = 32;

// RFC 8446, 4.1.3: SHA-256 of "HelloRetryRequest".
constexpr std::array<std::uint8_t, 32> kRetryRandom = {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
                                                       0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
                                                       0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

// RFC 8446, 4.1.3: "DOWNGRD", then 1 where TLS 1.2 was negotiated, 0 where TLS 1.1 or below.
constexpr std::array<std::uint8_t, 7> kDowngrade = {0x44, 0x4F, 0x57, 0x4E, 0x47, 0x52, 0x44};

/// Drafts of TLS 1.3 before 22 had neither session id nor compression, and their number in front.
bool is_short_form(Version legacy_version) {
  return legacy_version.number >> 8 == 0x7F;
}

/// The answers that others rely on: present, then readable.
bool readable(const std::vector<Extension>& extensions) {
  const auto version = find(extensions, extension::kSupportedVersions);
  const auto share = find(extensions, extension::kKeyShare);
  return (!version || selected_version(*version)) && (!share || selected_group(*share));
}

}  // namespace

bool encrypts_after_hello(Version version) {
  return version >= kTls13;
}

bool ServerHello::is_retry() const {
  return random == kRetryRandom;
}

Version ServerHello::version() const {
  const auto body = find(extensions, extension::kSupportedVersions);
  return body ? selected_version(*body).value_or(legacy_version) : legacy_version;
}

std::optional<Group> ServerHello::group() const {
  const auto body = find(extensions, extension::kKeyShare);
  return body ? selected_group(*body) : std::nullopt;
}

std::optional<Version> ServerHello::downgrade_mark() const {
  const auto* mark = random.end() - kDowngrade.size() - 1;
  if (!std::equal(kDowngrade.begin(), kDowngrade.end(), mark)) return std::nullopt;
  if (random.back() == 1) return kTls12;
  if (random.back() == 0) return kTls11;
  return std::nullopt;
}

std::optional<ServerHello> parse_server_hello(View body) {
  ServerHello hello;
  Reader in(body);
  hello.legacy_version = Version{in.u16()};
  const bool short_form = is_short_form(hello.legacy_version);
  const View random = in.bytes(hello.random.size());
  std::copy(random.begin(), random.end(), hello.random.begin());
  const View session_id = short_form ? View{} : in.vector8();
  hello.session_id.assign(session_id.begin(), session_id.end());
  hello.suite = CipherSuite{in.u16()};
  hello.compression = short_form ? std::uint8_t{0} : in.u8();
  if (!in.ok() || session_id.size() > kMaxSessionId) return std::nullopt;
  if (in.finished()) return hello;

  auto extensions = parse_extensions(in.rest());
  if (!extensions || !readable(*extensions)) return std::nullopt;
  hello.extensions = std::move(*extensions);
  return hello;
}

}  // namespace tlsward::tls::wire
