#include "serve/tls/client_offer.h"

#include <algorithm>
#include <functional>

#include "tls/wire/extension.h"

namespace tlsward::serve {
namespace {

namespace extension = tls::wire::extension;
using tls::wire::View;

/// Takes numbers and pieces off the front of a body; what does not fit leaves it broken.
class Reader {
 public:
  explicit Reader(View rest) : rest_(rest) {}
  bool empty() const { return rest_.empty(); }
  std::size_t number(std::size_t size) {
    std::size_t value = 0;
    for (const std::uint8_t byte : piece(size)) value = value << 8 | byte;
    return value;
  }
  View piece(std::size_t size) {
    if (size > rest_.size()) {
      rest_ = {};
      return {};
    }
    const View taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }
  /// What stands behind a length of `size` bytes.
  View vector(std::size_t size) {
    const std::size_t length = number(size);
    return piece(length);
  }

 private:
  View rest_;
};

std::string text(View bytes) {
  return {bytes.begin(), bytes.end()};
}

std::vector<tls::Version> read_versions(const tls::wire::ClientHello& hello) {
  std::vector<tls::Version> versions;
  if (const auto body = find(hello.extensions, extension::kSupportedVersions)) {
    Reader list(Reader(*body).vector(1));
    while (!list.empty()) versions.push_back({static_cast<std::uint16_t>(list.number(2))});
  } else {
    for (const tls::Version version : tls::known_versions()) {
      if (version <= std::min(hello.legacy_version, tls::kTls12)) versions.push_back(version);
    }
    std::sort(versions.begin(), versions.end(), std::greater<>());
  }
  std::erase_if(versions, [](tls::Version version) { return !tls::is_known(version); });
  return versions;
}

/// Numbers of two bytes, as groups and schemes are listed.
template <class Number>
std::vector<Number> read_numbers(const tls::wire::ClientHello& hello, std::uint16_t type) {
  std::vector<Number> numbers;
  const auto body = find(hello.extensions, type);
  if (!body) return numbers;
  Reader list(Reader(*body).vector(2));
  while (!list.empty()) numbers.push_back({static_cast<std::uint16_t>(list.number(2))});
  return numbers;
}

std::vector<tls::Group> read_key_shares(const tls::wire::ClientHello& hello) {
  std::vector<tls::Group> shares;
  const auto body = find(hello.extensions, extension::kKeyShare);
  if (!body) return shares;
  Reader list(Reader(*body).vector(2));
  while (!list.empty()) {
    shares.push_back({static_cast<std::uint16_t>(list.number(2))});
    list.vector(2);
  }
  return shares;
}

std::vector<std::string> read_alpn(const tls::wire::ClientHello& hello) {
  std::vector<std::string> protocols;
  const auto body = find(hello.extensions, extension::kAlpn);
  if (!body) return protocols;
  Reader list(Reader(*body).vector(2));
  while (!list.empty()) protocols.push_back(text(list.vector(1)));
  return protocols;
}

std::string read_server_name(const tls::wire::ClientHello& hello) {
  const auto body = find(hello.extensions, extension::kServerName);
  if (!body) return {};
  Reader list(Reader(*body).vector(2));
  const std::size_t type = list.number(1);
  return type == 0 ? text(list.vector(2)) : std::string();
}

bool takes_uncompressed_points(const tls::wire::ClientHello& hello) {
  const auto body = find(hello.extensions, extension::kEcPointFormats);
  if (!body) return true;
  const View formats = Reader(*body).vector(1);
  return std::find(formats.begin(), formats.end(), 0) != formats.end();
}

}  // namespace

ClientOffer read_offer(const tls::wire::ClientHello& hello) {
  ClientOffer offer;
  offer.versions = read_versions(hello);
  offer.groups = read_numbers<tls::Group>(hello, extension::kSupportedGroups);
  offer.key_shares = read_key_shares(hello);
  offer.alpn = read_alpn(hello);
  offer.server_name = read_server_name(hello);
  offer.uncompressed_points = takes_uncompressed_points(hello);
  offer.has_key_share = find(hello.extensions, extension::kKeyShare).has_value();
  offer.signatures = read_numbers<tls::SignatureScheme>(hello, extension::kSignatureAlgorithms);
  offer.has_signature_algorithms = find(hello.extensions, extension::kSignatureAlgorithms).has_value();
  offer.resumes = find(hello.extensions, extension::kPreSharedKey).has_value();
  return offer;
}

}  // namespace tlsward::serve
