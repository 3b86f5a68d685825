// The client's extensions, written. Bodies only: the type and the length in front of them belong to the hello.
#include "tls/wire/extension.h"

#include <algorithm>
#include <cassert>

#include "tls/wire/code_list.h"

namespace tlsward::tls::wire {
namespace {

/// The usual body: one list with its length in two bytes.
Extension listed16(std::uint16_t type, View list) {
  Writer body;
  body.vector16(list);
  return {type, body.take()};
}

Extension listed8(std::uint16_t type, View list) {
  Writer body;
  body.vector8(list);
  return {type, body.take()};
}

}  // namespace

Extension server_name(std::string_view host) {
  // RFC 6066, 3: "without a trailing dot".
  if (host.ends_with('.')) host.remove_suffix(1);
  constexpr std::uint8_t kHostName = 0;
  Writer name;
  name.u8(kHostName);
  name.u16(static_cast<std::uint16_t>(host.size()));
  name.text(host);
  return listed16(extension::kServerName, name.take());
}

Extension supported_groups(const std::vector<Group>& groups) {
  return listed16(extension::kSupportedGroups, write_codes(groups, &Group::code));
}

Extension ec_point_formats() {
  constexpr std::uint8_t kUncompressed = 0;
  return listed8(extension::kEcPointFormats, Bytes{kUncompressed});
}

Extension signature_algorithms(const std::vector<SignatureScheme>& schemes) {
  return listed16(extension::kSignatureAlgorithms, write_codes(schemes, &SignatureScheme::code));
}

Extension alpn(const std::vector<std::string>& protocols) {
  Writer list;
  for (const std::string& protocol : protocols) {
    assert(!protocol.empty() && protocol.size() < 256);
    list.u8(static_cast<std::uint8_t>(protocol.size()));
    list.text(protocol);
  }
  return listed16(extension::kAlpn, list.take());
}

Extension supported_versions(const std::vector<Version>& versions) {
  return listed8(extension::kSupportedVersions, write_codes(versions, &Version::number));
}

Extension key_share(const std::vector<KeyShare>& shares) {
  Writer list;
  for (const KeyShare& share : shares) {
    list.u16(share.group.code);
    list.vector16(share.key);
  }
  return listed16(extension::kKeyShare, list.take());
}

Extension psk_key_exchange_modes() {
  constexpr std::uint8_t kPskDheKe = 1;
  return listed8(extension::kPskKeyExchangeModes, Bytes{kPskDheKe});
}

Extension status_request() {
  constexpr std::uint8_t kOcsp = 1;
  Writer body;
  body.u8(kOcsp);
  body.vector16({});  // responder ids
  body.vector16({});  // request extensions
  return {extension::kStatusRequest, body.take()};
}

Extension renegotiation_info() {
  return listed8(extension::kRenegotiationInfo, {});
}

Extension heartbeat() {
  constexpr std::uint8_t kPeerAllowedToSend = 1;
  return {extension::kHeartbeat, {kPeerAllowedToSend}};
}

Extension compress_certificate(const std::vector<std::uint16_t>& algorithms) {
  return listed8(extension::kCompressCertificate, write_codes(algorithms));
}

Extension record_size_limit(std::uint16_t limit) {
  Writer body;
  body.u16(limit);
  return {extension::kRecordSizeLimit, body.take()};
}

Extension cookie(View cookie) {
  return listed16(extension::kCookie, cookie);
}

Extension empty_extension(std::uint16_t type) {
  return {type, {}};
}

Extension padding(std::size_t hello_size, std::size_t wanted_size) {
  constexpr std::size_t kHeader = 4, kMost = 0xFFFF;
  const std::size_t bare = hello_size + kHeader;
  const std::size_t zeroes = wanted_size > bare ? std::min(wanted_size - bare, kMost) : 0;
  return {extension::kPadding, Bytes(zeroes)};
}

}  // namespace tlsward::tls::wire
