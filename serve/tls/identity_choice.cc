#include "serve/tls/identity_choice.h"

#include <algorithm>
#include <optional>
#include <string>

#include "serve/tls/server_names.h"

namespace tlsward::serve {
namespace {

std::vector<std::string> names_in_table(const tls::CertificateFacts& certificate) {
  if (!certificate.dns_names.empty() || certificate.common_name.empty()) return certificate.dns_names;
  return {certificate.common_name};
}

/// What a table of names has, filled in order, so that a later certificate takes a name from an earlier one.
std::optional<std::size_t> find_in_table(const std::vector<const tls::CertificateFacts*>& certificates,
                                         const std::string& name) {
  std::optional<std::size_t> found;
  NameFit best = NameFit::Wildcard;
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const NameFit fit = fit_of(names_in_table(*certificates[i]), name);
    if (fit < best) continue;
    best = fit;
    found = i;
  }
  return found;
}

std::string_view curve_of(tls::SignatureScheme scheme) {
  switch (scheme.code) {
    case 0x0403:
      return "P-256";
    case 0x0503:
      return "P-384";
    case 0x0603:
      return "P-521";
    default:
      return {};
  }
}

bool signs(const tls::KeyFacts& key, tls::SignatureScheme scheme, tls::Version version) {
  const tls::SignatureSchemeFacts* row = tls::facts(scheme);
  if (row == nullptr || (version == tls::kTls13 && !row->tls13)) return false;
  switch (key.type) {
    case tls::KeyType::Rsa:
      return row->key == "RSA";
    case tls::KeyType::Ec:
      return row->key == "ECDSA" && (version != tls::kTls13 || curve_of(scheme) == key.curve);
    case tls::KeyType::Ed25519:
      return row->key == "Ed25519";
    default:
      return false;
  }
}

/// Without a list of schemes there is nothing to go by.
bool can_be_checked(const tls::KeyFacts& key, const ClientOffer& offer, tls::Version version) {
  if (offer.signatures.empty() || version < tls::kTls12) return true;
  return std::any_of(offer.signatures.begin(), offer.signatures.end(),
                     [&](tls::SignatureScheme scheme) { return signs(key, scheme, version); });
}

}  // namespace

std::size_t choose_identity(const std::vector<const tls::CertificateFacts*>& certificates,
                            const tls::wire::ClientHello& hello, const ClientOffer& offer,
                            const tls::TlsContext& context, const LibraryBehaviour& behaviour) {
  if (certificates.size() < 2) return 0;
  if (context.gateway == "tyk") {
    if (const auto found = find_in_table(certificates, offer.server_name)) return *found;
  }
  for (std::size_t i = 0; i < certificates.size(); ++i) {
    const tls::CertificateFacts& certificate = *certificates[i];
    const bool named = offer.server_name.empty() || fit_of(certificate.dns_names, offer.server_name) != NameFit::None;
    if (!named) continue;
    const Negotiated negotiated = negotiate(hello, context, behaviour, certificate.key);
    if (!negotiated.choice) continue;
    if (can_be_checked(certificate.key, offer, negotiated.choice->version)) return i;
  }
  return 0;
}

}  // namespace tlsward::serve
