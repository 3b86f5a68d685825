#include "tests/probe/plan/client_offer.h"

#include <algorithm>

#include "tests/catch.h"
#include "tls/wire/code_list.h"

namespace tlsward::tests {
namespace {

namespace wire = tls::wire;

/// The codes of a list whose length stands in front of it in two bytes.
template <class Code>
std::optional<std::vector<Code>> code_list(const wire::ClientHello& hello, std::uint16_t type) {
  const auto body = wire::find(hello.extensions, type);
  if (!body) return {};
  wire::Reader in(*body);
  auto codes = wire::read_codes<Code>(in.vector16());
  REQUIRE(in.finished());
  REQUIRE(codes);
  return codes;
}

std::vector<std::string> protocols(const wire::ClientHello& hello) {
  std::vector<std::string> names;
  const auto body = wire::find(hello.extensions, wire::extension::kAlpn);
  if (!body) return names;
  wire::Reader in(*body);
  for (wire::Reader list(in.vector16()); !list.empty();) {
    const wire::View name = list.vector8();
    REQUIRE_FALSE(name.empty());
    names.emplace_back(name.begin(), name.end());
  }
  return names;
}

std::vector<tls::Group> share_groups(const wire::ClientHello& hello) {
  std::vector<tls::Group> groups;
  const auto body = wire::find(hello.extensions, wire::extension::kKeyShare);
  if (!body) return groups;
  wire::Reader in(*body);
  for (wire::Reader list(in.vector16()); !list.empty();) {
    groups.push_back({list.u16()});
    REQUIRE_FALSE(list.vector16().empty());
  }
  return groups;
}

std::string host_name(const wire::ClientHello& hello) {
  const auto body = wire::find(hello.extensions, wire::extension::kServerName);
  if (!body) return {};
  wire::Reader in(*body);
  wire::Reader list(in.vector16());
  REQUIRE(list.u8() == 0);
  const wire::View name = list.vector16();
  REQUIRE(list.finished());
  return {name.begin(), name.end()};
}

}  // namespace

bool ClientOffer::offers(tls::Group group) const {
  return !groups || std::find(groups->begin(), groups->end(), group) != groups->end();
}

ClientOffer take_apart(const wire::ClientHello& hello) {
  ClientOffer offer;
  offer.legacy_version = hello.legacy_version;
  if (const auto body = wire::find(hello.extensions, wire::extension::kSupportedVersions)) {
    wire::Reader in(*body);
    for (wire::Reader list(in.vector8()); !list.empty();) offer.versions.push_back({list.u16()});
  }
  for (const tls::CipherSuite suite : hello.suites) {
    if (!tls::is_signalling(suite)) offer.suites.push_back(suite);
    offer.fallback = offer.fallback || suite == tls::CipherSuite{0x5600};
  }
  offer.groups = code_list<tls::Group>(hello, wire::extension::kSupportedGroups);
  offer.schemes = code_list<tls::SignatureScheme>(hello, wire::extension::kSignatureAlgorithms);
  offer.alpn = protocols(hello);
  offer.shares = share_groups(hello);
  offer.server_name = host_name(hello);
  return offer;
}

}  // namespace tlsward::tests
