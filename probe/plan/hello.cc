// A hello stays under 512 bytes: some servers and middleboxes drop longer ones (the reason for the padding extension,
// RFC 7685), which must never read as "disabled". What does not fit goes into another hello.
#include "probe/plan/hello.h"

#include <algorithm>
#include <array>

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;

constexpr std::size_t kSmallHello = 511;
constexpr tls::CipherSuite kFallbackScsv{0x5600};       // RFC 7507
constexpr tls::CipherSuite kRenegotiationScsv{0x00ff};  // RFC 5746

// Used before or without a registration: ChaCha20 of the drafts, SSL_RSA_FIPS of Netscape, GOST of OpenSSL's engine.
constexpr std::array<std::uint16_t, 13> kUnregistered = {0xcc13, 0xcc14, 0xcc15, 0xfeff, 0xfefe, 0xffe0, 0xffe1,
                                                         0x0080, 0x0081, 0x0082, 0x0083, 0xff85, 0xff87};

// How likely a server has the suite; small is likely.
int rarity(const tls::CipherSuiteFacts& row) {
  using K = tls::KeyExchange;
  int rank = 0;
  switch (row.key_exchange) {
    case K::Any:
    case K::Ecdhe:
      break;
    case K::Rsa:
    case K::Dhe:
      rank += 1;
      break;
    case K::Psk:
    case K::DhePsk:
    case K::EcdhePsk:
    case K::RsaPsk:
    case K::Ecdh:
    case K::DhAnon:
    case K::EcdhAnon:
      rank += 6;
      break;
    default:
      rank += 8;
  }
  if (row.authentication == tls::Authentication::Dss) rank += 5;
  const bool common = row.encryption.starts_with("AES") || row.encryption.starts_with("CHACHA20");
  if (!common) rank += row.encryption.starts_with("ARIA") || row.encryption.starts_with("CAMELLIA") ? 3 : 2;
  if (row.openssl.empty()) rank += 3;
  return rank;
}

std::vector<tls::CipherSuite> sorted_suites(bool tls13) {
  std::vector<const tls::CipherSuiteFacts*> rows;
  for (const tls::CipherSuiteFacts& row : tls::cipher_suites())
    if (!tls::is_signalling(row.suite) && tls::usable(row.suite, tls::kTls13) == tls13) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return rarity(*a) < rarity(*b); });
  std::vector<tls::CipherSuite> suites;
  for (const auto* row : rows) suites.push_back(row->suite);
  if (tls13) return suites;
  for (const std::uint16_t code : kUnregistered)
    if (tls::facts(tls::CipherSuite{code}) == nullptr) suites.push_back({code});
  return suites;
}

std::vector<tls::Group> sorted_groups(bool tls13) {
  constexpr std::array<std::uint16_t, 12> kLikely = {29, 23, 24, 25, 30, 4588, 256, 257, 258, 259, 260, 4587};
  std::vector<tls::Group> groups;
  const auto wanted = [&](const tls::GroupFacts& row) {
    if (tls13) return row.tls13 || row.kind == tls::GroupKind::Prime;
    const bool curve = row.kind == tls::GroupKind::Prime || row.kind == tls::GroupKind::Binary ||
                       row.kind == tls::GroupKind::Montgomery;
    return curve && row.bits > 0;
  };
  for (const std::uint16_t code : kLikely) {
    const tls::GroupFacts* row = tls::facts(tls::Group{code});
    if (row != nullptr && wanted(*row)) groups.push_back({code});
  }
  for (const tls::GroupFacts& row : tls::groups())
    if (wanted(row) && row.bits > 0 && std::find(groups.begin(), groups.end(), row.group) == groups.end())
      groups.push_back(row.group);
  return groups;
}

std::vector<tls::SignatureScheme> sorted_signatures(bool tls13) {
  std::vector<tls::SignatureScheme> schemes;
  const auto add = [&](bool recommended) {
    for (const tls::SignatureSchemeFacts& row : tls::signature_schemes())
      if (row.recommended == recommended && (!tls13 || row.tls13)) schemes.push_back(row.scheme);
  };
  add(true);
  add(false);
  return schemes;
}

void add_old_extensions(const Offer& offer, std::vector<wire::Extension>& to) {
  to.push_back(wire::renegotiation_info());
  if (!offer.groups.empty()) to.push_back(wire::ec_point_formats());
  to.push_back(wire::empty_extension(wire::extension::kExtendedMasterSecret));
  to.push_back(wire::empty_extension(wire::extension::kSessionTicket));
  if (offer.encrypt_then_mac) to.push_back(wire::empty_extension(wire::extension::kEncryptThenMac));
  if (offer.npn) to.push_back(wire::empty_extension(wire::extension::kNextProtocolNegotiation));
}

void add_tls13_extensions(const Offer& offer, std::vector<wire::Extension>& to) {
  std::vector<tls::Version> versions = {offer.version};
  versions.insert(versions.end(), offer.also.begin(), offer.also.end());
  to.push_back(wire::supported_versions(versions));
  to.push_back(wire::psk_key_exchange_modes());
  if (!offer.compress_certificate.empty()) to.push_back(wire::compress_certificate(offer.compress_certificate));
  if (offer.key_share) to.push_back(wire::key_share({}));
}

bool is_tls13_or_draft(tls::Version version) {
  return version >= tls::kTls13;
}

}  // namespace

tls::wire::ClientHello HelloWriter::write(const Offer& offer) {
  wire::ClientHello hello;
  const bool tls13 = is_tls13_or_draft(offer.version);
  hello.legacy_version = tls13 ? tls::kTls12 : offer.version;
  for (std::size_t i = 0; i < hello.random.size(); i += 8) {
    const std::uint64_t bits = random();
    for (std::size_t j = 0; j < 8; ++j) hello.random[i + j] = static_cast<std::uint8_t>(bits >> (8 * j));
  }
  hello.suites = offer.suites;
  const bool plain = plain_ && !tls13;
  if (!offer.extensions || plain) hello.suites.push_back(kRenegotiationScsv);
  if (offer.fallback_scsv) hello.suites.push_back(kFallbackScsv);
  if (offer.compression) hello.compressions = {1, 0};
  if (!offer.extensions) return hello;
  auto& extensions = hello.extensions;
  if (offer.server_name && !server_name_.empty()) extensions.push_back(wire::server_name(server_name_));
  if (!offer.groups.empty()) extensions.push_back(wire::supported_groups(offer.groups));
  if (!offer.signatures.empty()) extensions.push_back(wire::signature_algorithms(offer.signatures));
  if (plain) {
    if (!offer.groups.empty()) extensions.push_back(wire::ec_point_formats());
    extensions.push_back(wire::empty_extension(wire::extension::kSessionTicket));
    extensions.insert(extensions.end(), offer.more.begin(), offer.more.end());
    return hello;
  }
  if (!offer.alpn.empty()) extensions.push_back(wire::alpn(offer.alpn));
  if (offer.status_request) extensions.push_back(wire::status_request());
  if (offer.heartbeat) extensions.push_back(wire::heartbeat());
  if (offer.scts) extensions.push_back(wire::empty_extension(wire::extension::kSignedCertificateTimestamp));
  if (tls13) {
    add_tls13_extensions(offer, extensions);
  } else {
    add_old_extensions(offer, extensions);
  }
  extensions.insert(extensions.end(), offer.more.begin(), offer.more.end());
  return hello;
}

std::size_t HelloWriter::room_for_suites(Offer offer) {
  offer.suites.clear();
  const std::size_t others = wire::write_records(write(offer)).size();
  constexpr std::size_t kLeast = 16;
  if (others + 2 * kLeast > kSmallHello) return kLeast;
  constexpr std::size_t kPlainMost = 64;
  const std::size_t room = (kSmallHello - others) / 2;
  return plain_ && offer.version < tls::kTls13 ? std::min(room, kPlainMost) : room;
}

// SplitMix64: the randoms of hellos that nobody finishes need no secrecy, only variety.
std::uint64_t HelloWriter::random() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t bits = state_;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

const std::vector<tls::CipherSuite>& suites_to_ask(tls::Version version) {
  static const std::vector<tls::CipherSuite> kOld = sorted_suites(false), kNew = sorted_suites(true);
  return is_tls13_or_draft(version) ? kNew : kOld;
}

const std::vector<tls::Group>& groups_to_ask(tls::Version version) {
  static const std::vector<tls::Group> kOld = sorted_groups(false), kNew = sorted_groups(true);
  return is_tls13_or_draft(version) ? kNew : kOld;
}

const std::vector<tls::SignatureScheme>& signatures_to_ask(tls::Version version) {
  static const std::vector<tls::SignatureScheme> kOld = sorted_signatures(false), kNew = sorted_signatures(true);
  return is_tls13_or_draft(version) ? kNew : kOld;
}

}  // namespace tlsward::probe
