// By the book: RFC 5246, 7.4.1.3 and RFC 8446, 4.1.1 for suites, RFC 8422, 5.1 for curves, RFC 7919, 4 for finite-field
// groups.
#include "tests/probe/plan/scripted_hello.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/catch.h"
#include "tests/probe/plan/primes.h"

namespace tlsward::tests {
namespace {

namespace wire = tls::wire;
using tls::KeyExchange;
using tls::KeyType;

// RFC 8446, 4.1.3.
constexpr std::array<std::uint8_t, 32> kRetryRandom = {0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C,
                                                       0x02, 0x1E, 0x65, 0xB8, 0x91, 0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB,
                                                       0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C};

/// What the server signs with and shows.
struct Proof {
  const ScriptedCertificate* certificate = nullptr;
  std::optional<tls::SignatureScheme> scheme;
};

bool is_finite_field(tls::Group group) {
  const tls::GroupFacts* facts = tls::facts(group);
  return facts != nullptr && facts->kind == tls::GroupKind::FiniteField;
}

/// The groups of one kind that the client offers.
std::vector<tls::Group> offered_groups(const ClientOffer& offer, bool finite_field) {
  std::vector<tls::Group> groups;
  for (const tls::Group group : offer.groups.value_or(std::vector<tls::Group>{}))
    if (is_finite_field(group) == finite_field) groups.push_back(group);
  return groups;
}

bool is_chacha(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts != nullptr && facts->encryption.starts_with("CHACHA20");
}

std::string_view key_of_schemes(KeyType type) {
  switch (type) {
    case KeyType::RsaPss:
      return "RSA-PSS";
    case KeyType::Ec:
      return "ECDSA";
    case KeyType::Ed25519:
      return "Ed25519";
    case KeyType::Ed448:
      return "Ed448";
    default:
      return "RSA";
  }
}

// RFC 8446, 4.2.3: its ECDSA schemes name the curve.
bool fits_curve(tls::SignatureScheme scheme, std::optional<tls::Group> curve) {
  if (!curve || tls::facts(scheme)->key != "ECDSA") return true;
  if (*curve == tls::kP256) return scheme.code == 0x0403;
  return scheme.code == (*curve == tls::kP384 ? 0x0503 : 0x0603);
}

/// Chooses for one hello in one version.
class Chooser {
 public:
  Chooser(const ScriptedServer& server, const ClientOffer& offer, tls::Version version)
      : server_(server), offer_(offer), version_(version) {}

  std::optional<tls::CipherSuite> suite() const {
    std::vector<tls::CipherSuite> able;
    for (const tls::CipherSuite suite : offer_.suites)
      if (server_.suites.at(version_).has(suite) && is_able(suite)) able.push_back(suite);
    const auto known = std::find_if(offer_.suites.begin(), offer_.suites.end(),
                                    [](tls::CipherSuite suite) { return tls::facts(suite) != nullptr; });
    const bool wish = server_.chacha_first && known != offer_.suites.end() && is_chacha(*known);
    if (wish && std::any_of(able.begin(), able.end(), is_chacha))
      std::erase_if(able, [](tls::CipherSuite suite) { return !is_chacha(suite); });
    return server_.suites.at(version_).choose(able);
  }

  /// ECDHE, and TLS 1.3 where no share is taken as it comes.
  std::optional<tls::Group> curve() const {
    if (tls13()) return server_.groups.choose(offer_.groups.value_or(std::vector<tls::Group>{}));
    if (offer_.groups) return server_.groups.choose(offered_groups(offer_, false));
    for (const tls::Group group : server_.groups.all())
      if (!is_finite_field(group)) return group;
    return {};
  }

  /// The prime of DHE; nullopt where RFC 7919 forbids it.
  std::optional<wire::Bytes> prime() const {
    const std::vector<tls::Group> offered = offered_groups(offer_, true), all = server_.groups.all();
    if (offered.empty() || std::none_of(all.begin(), all.end(), is_finite_field)) return server_.dh_prime;
    const auto group = server_.groups.choose(offered);
    return group ? std::optional(ffdhe_prime(*group)) : std::nullopt;
  }

  std::optional<Proof> proof(tls::CipherSuite suite) const {
    const tls::CipherSuiteFacts* facts = tls::facts(suite);
    const auto authentication = facts == nullptr ? tls::Authentication::None : facts->authentication;
    const bool rsa = authentication == tls::Authentication::Rsa, ecdsa = authentication == tls::Authentication::Ecdsa;
    if (!tls13() && !rsa && !ecdsa) return Proof{};
    const bool signs = tls13() || facts->key_exchange != KeyExchange::Rsa;
    if (server_.certificates.empty()) {
      const std::string_view key = tls13() ? "" : (rsa ? "RSA" : "ECDSA");
      return signs ? sign(nullptr, key) : Proof{};
    }
    for (const ScriptedCertificate& certificate : server_.certificates) {
      const bool is_rsa = certificate.key == KeyType::Rsa || certificate.key == KeyType::RsaPss;
      if (!tls13() && is_rsa != rsa) continue;
      if (!tls13() && certificate.curve && !offer_.offers(*certificate.curve)) continue;
      if (!signs && certificate.key == KeyType::Rsa) return Proof{&certificate, {}};
      if (!signs) continue;
      if (auto proof = sign(&certificate, key_of_schemes(certificate.key))) return proof;
    }
    return {};
  }

 private:
  bool tls13() const { return wire::encrypts_after_hello(version_); }

  bool is_able(tls::CipherSuite suite) const {
    const tls::CipherSuiteFacts* facts = tls::facts(suite);
    if (facts != nullptr) {
      const KeyExchange exchange = facts->key_exchange;
      const bool elliptic = exchange == KeyExchange::Ecdhe || exchange == KeyExchange::EcdhAnon || tls13();
      if (elliptic && !curve()) return false;
      if ((exchange == KeyExchange::Dhe || exchange == KeyExchange::DhAnon) && !prime()) return false;
    }
    return proof(suite).has_value();
  }

  /// A scheme of `key` ("": any) that both have. Without the client's extension none is needed before TLS 1.3.
  std::optional<Proof> sign(const ScriptedCertificate* certificate, std::string_view key) const {
    if (!offer_.schemes) return tls13() ? std::nullopt : std::optional(Proof{certificate, {}});
    std::vector<tls::SignatureScheme> able;
    for (const tls::SignatureScheme scheme : *offer_.schemes) {
      const tls::SignatureSchemeFacts* facts = tls::facts(scheme);
      if (facts == nullptr || (tls13() && !facts->tls13)) continue;
      const bool eddsa_for_ecdsa = certificate == nullptr && key == "ECDSA" && facts->key.starts_with("Ed");
      if (!key.empty() && facts->key != key && !eddsa_for_ecdsa) continue;
      if (tls13() && certificate != nullptr && !fits_curve(scheme, certificate->curve)) continue;
      able.push_back(scheme);
    }
    if (able.empty()) return {};
    if (server_.signatures.empty()) return Proof{certificate, able.front()};
    const auto chosen = server_.signatures.choose(able);
    return chosen ? std::optional(Proof{certificate, chosen}) : std::nullopt;
  }

  const ScriptedServer& server_;
  const ClientOffer& offer_;
  tls::Version version_;
};

wire::Extension two_bytes(std::uint16_t type, std::uint16_t value) {
  wire::Writer out;
  out.u16(value);
  return {type, out.take()};
}

wire::Extension share_of(tls::Group group) {
  constexpr std::array<std::uint8_t, 4> kKey = {1, 2, 3, 4};
  wire::Writer out;
  out.u16(group.code);
  out.vector16(kKey);
  return {wire::extension::kKeyShare, out.take()};
}

/// The extensions that were offered and are answered.
std::vector<wire::Extension> answers(const ScriptedServer& server, const wire::ClientHello& hello,
                                     const ClientOffer& offer) {
  std::vector<wire::Extension> extensions;
  for (const auto& [type, body] : server.answers)
    if (wire::find(hello.extensions, type)) extensions.push_back({type, body});
  if (const auto protocol = server.alpn.choose(offer.alpn)) extensions.push_back(wire::alpn({*protocol}));
  return extensions;
}

wire::CertificateRequest request_of(const ScriptedServer& server) {
  wire::CertificateRequest request;
  request.certificate_types = {1, 64};
  request.authorities = server.authorities;
  return request;
}

void show(const ScriptedServer& server, const wire::ClientHello& hello, const Proof& proof,
          wire::ServerFlight& flight) {
  if (server.requests_certificate || server.requires_certificate) flight.certificate_request = request_of(server);
  if (proof.certificate == nullptr) return;
  flight.certificate_seen = true;
  flight.chain = {proof.certificate->der};
  const bool asked = wire::find(hello.extensions, wire::extension::kStatusRequest).has_value();
  if (asked && !server.ocsp_response.empty()) flight.ocsp_response = server.ocsp_response;
}

wire::ServerFlight old_flight(const ScriptedServer& server, const wire::ClientHello& hello, const ClientOffer& offer,
                              tls::Version version, tls::CipherSuite suite) {
  const Chooser chooser(server, offer, version);
  wire::ServerFlight flight;
  wire::ServerHello& answer = flight.hello.emplace();
  answer.legacy_version = version;
  answer.suite = suite;
  for (std::size_t i = 0; i < 4; ++i)
    answer.random[i] = static_cast<std::uint8_t>(server.clock_seconds >> (24 - 8 * i));
  const auto& methods = hello.compressions;
  answer.compression = server.deflates && std::find(methods.begin(), methods.end(), 1) != methods.end() ? 1 : 0;
  answer.extensions = answers(server, hello, offer);
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  const Proof proof = *chooser.proof(suite);
  const KeyExchange exchange = facts == nullptr ? KeyExchange::Null : facts->key_exchange;
  const bool elliptic = exchange == KeyExchange::Ecdhe || exchange == KeyExchange::EcdhAnon;
  const bool finite = exchange == KeyExchange::Dhe || exchange == KeyExchange::DhAnon;
  if (elliptic || finite) {
    wire::ServerKeyExchange& key = flight.key_exchange.emplace();
    if (elliptic) key.group = chooser.curve();
    if (finite) key.dh_prime = *chooser.prime();
    if (version == tls::kTls12) key.signature = proof.scheme;
  }
  show(server, hello, proof, flight);
  flight.hello_done = true;
  return flight;
}

wire::ServerFlight tls13_flight(const ScriptedServer& server, const wire::ClientHello& hello, const ClientOffer& offer,
                                tls::Version version, tls::CipherSuite suite, bool decrypt) {
  const Chooser chooser(server, offer, version);
  tls::Group group = *chooser.curve();
  for (const tls::Group share : offer.shares)
    if (server.takes_share && server.groups.has(share)) group = share;
  const bool has_share = std::find(offer.shares.begin(), offer.shares.end(), group) != offer.shares.end();
  wire::ServerFlight flight;
  wire::ServerHello& answer = flight.hello.emplace();
  answer.legacy_version = tls::kTls12;
  answer.suite = suite;
  answer.extensions.push_back(two_bytes(wire::extension::kSupportedVersions, version.number));
  if (!has_share) {
    answer.random = kRetryRandom;
    answer.extensions.push_back(two_bytes(wire::extension::kKeyShare, group.code));
    return flight;
  }
  answer.extensions.push_back(share_of(group));
  // The groups that net/encrypted_flight.h has.
  const bool readable = group == tls::kX25519 || group == tls::kP256 || group == tls::kP384;
  if (!decrypt || !readable || version != tls::kTls13) return flight;
  const Proof proof = *chooser.proof(suite);
  flight.encrypted_extensions = answers(server, hello, offer);
  // Allowed, but nobody has it.
  std::erase_if(flight.encrypted_extensions,
                [](const wire::Extension& extension) { return extension.type == wire::extension::kHeartbeat; });
  flight.certificate_verify = proof.scheme;
  show(server, hello, proof, flight);
  if (server.certificate_compression != 0 && wire::find(hello.extensions, wire::extension::kCompressCertificate))
    flight.certificate_compression = server.certificate_compression;
  flight.finished = true;
  return flight;
}

}  // namespace

std::optional<tls::Version> choose_version(const ScriptedServer& server, const ClientOffer& offer) {
  REQUIRE_FALSE(server.suites.empty());
  const bool modern = server.suites.rbegin()->first >= tls::kTls13;
  for (auto own = server.suites.rbegin(); own != server.suites.rend(); ++own) {
    const tls::Version version = own->first;
    if (modern && !offer.versions.empty()) {
      if (std::find(offer.versions.begin(), offer.versions.end(), version) != offer.versions.end()) return version;
    } else if (version <= tls::kTls12 && version <= offer.legacy_version) {
      return version;
    }
  }
  return {};
}

std::optional<wire::ServerFlight> choose_flight(const ScriptedServer& server, const wire::ClientHello& hello,
                                                const ClientOffer& offer, tls::Version version, bool decrypt) {
  const auto suite = Chooser(server, offer, version).suite();
  if (!suite) return {};
  if (wire::encrypts_after_hello(version)) return tls13_flight(server, hello, offer, version, *suite, decrypt);
  return old_flight(server, hello, offer, version, *suite);
}

wire::ClientHello with_share_of(wire::ClientHello hello, tls::Group group) {
  std::erase_if(hello.extensions,
                [](const wire::Extension& extension) { return extension.type == wire::extension::kKeyShare; });
  hello.extensions.push_back(wire::key_share({{group, wire::Bytes(32, 9)}}));
  return hello;
}

wire::ClientHello as_sent(const probe::HelloAsk& ask) {
  wire::ClientHello hello = ask.hello;
  if (ask.decrypt) hello.extensions.push_back(wire::key_share({{tls::kX25519, wire::Bytes(32, 9)}}));
  return hello;
}

}  // namespace tlsward::tests
