#include "tls/material.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>

#include <fmt/format.h>

namespace tlsward::tls {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char character) { return static_cast<char>(std::tolower(character)); });
  return result;
}

/// The bytes of an IPv4 or IPv6 address, however it is spelled; empty where `host` is none.
std::string address_bytes(const std::string& host) {
  if (host.find('\0') != std::string::npos) return {};
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in_addr)};
  if (::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1) return {bytes.data(), sizeof(in6_addr)};
  return {};
}

bool matches(std::string_view pattern, std::string_view host) {
  if (pattern == host) return true;
  if (!pattern.starts_with("*.")) return false;
  const std::size_t dot = host.find('.');
  return dot != std::string_view::npos && dot > 0 && pattern.substr(1) == host.substr(dot);
}

bool holds_only(const Bundle& bundle, PemKind kind) {
  const auto is_other = [](const PemBlock& block) { return block.kind == PemKind::Other; };
  return std::all_of(bundle.blocks.begin(), bundle.blocks.end(),
                     [&](const PemBlock& block) { return block.kind == kind || is_other(block); }) &&
         !std::all_of(bundle.blocks.begin(), bundle.blocks.end(), is_other);
}

std::size_t leaf_index(const std::vector<CertificateFacts>& chain) {
  for (std::size_t index = 0; index < chain.size(); ++index) {
    const bool is_issuer = std::any_of(chain.begin(), chain.end(),
                                       [&](const CertificateFacts& other) { return issued(chain[index], other); });
    if (!is_issuer) return index;
  }
  return 0;
}

}  // namespace

bool is_read(const Material& material) {
  return material.state == MaterialState::Read;
}

std::vector<PlacedCertificate> certificates(const TlsContext& context, MaterialUse use) {
  std::vector<PlacedCertificate> result;
  for (const Material& material : context.material) {
    // A key field may name a file that holds the chain too; that is the same chain once more.
    if (material.use != use || material.part == MaterialPart::Key || !is_read(material)) continue;
    const auto& found = material.bundle.certificates;
    for (std::size_t index = 0; index < found.size(); ++index) result.push_back({&found[index], &material, index});
  }
  return result;
}

std::vector<PlacedCertificate> leaves(const TlsContext& context, MaterialUse use) {
  std::vector<PlacedCertificate> result = certificates(context, use);
  std::erase_if(result, [](const PlacedCertificate& certificate) {
    return certificate.index != leaf_index(certificate.material->bundle.certificates);
  });
  return result;
}

bool issued(const CertificateFacts& issuer, const CertificateFacts& certificate) {
  return issuer.sha256 != certificate.sha256 && names_issuer(issuer, certificate);
}

std::vector<PlacedCertificate> server_leaves(const TlsContext& context) {
  if (context.role == Role::Listener) return leaves(context, MaterialUse::Certificate);
  std::vector<PlacedCertificate> result = leaves(context, MaterialUse::KnownUpstream);
  for (const PlacedCertificate& anchor : certificates(context, MaterialUse::TrustAnchor)) {
    // A version 1 certificate says nothing of what it may do: it may be a root of old.
    const bool ends_a_chain = anchor.facts->version >= 3 && !anchor.facts->is_ca;
    if (ends_a_chain && !is_own(context, *anchor.facts)) result.push_back(anchor);
  }
  return result;
}

bool allows_clients(const CertificateFacts& certificate) {
  const auto& usage = certificate.extended_key_usage;
  return !certificate.has_eku || std::any_of(usage.begin(), usage.end(),
                                             [](std::string_view one) { return one == "clientAuth" || one == "any"; });
}

bool can_sign(const CertificateFacts& certificate) {
  if (!certificate.is_ca) return false;
  const auto& usage = certificate.key_usage;
  return !certificate.has_key_usage || std::find(usage.begin(), usage.end(), "keyCertSign") != usage.end();
}

bool covers_host(const CertificateFacts& certificate, std::string_view host) {
  std::string wanted = lower(host);
  const auto& names = certificate.dns_names;
  const auto& addresses = certificate.ip_addresses;
  if (const std::string bytes = address_bytes(wanted); !bytes.empty())
    return std::any_of(addresses.begin(), addresses.end(),
                       [&](const std::string& address) { return address_bytes(address) == bytes; });
  if (wanted.size() > 1 && wanted.back() == '.') wanted.pop_back();
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return matches(lower(name), wanted); });
}

std::vector<KnownPair> known_pairs(const TlsContext& context) {
  std::vector<KnownPair> result;
  for (const Identity& identity : context.identities) {
    if (identity.certificate >= context.material.size() || identity.key >= context.material.size()) continue;
    const KnownPair pair{&context.material[identity.certificate], &context.material[identity.key]};
    if (is_read(*pair.certificate) && is_read(*pair.key)) result.push_back(pair);
  }
  return result;
}

bool is_swapped(const KnownPair& pair) {
  return holds_only(pair.certificate->bundle, PemKind::PrivateKey) &&
         holds_only(pair.key->bundle, PemKind::Certificate);
}

bool is_own(const TlsContext& context, const CertificateFacts& certificate) {
  const auto own = certificates(context, MaterialUse::Certificate);
  return std::any_of(own.begin(), own.end(),
                     [&](const PlacedCertificate& one) { return one.facts->sha256 == certificate.sha256; });
}

bool is_anchor(const TlsContext& context, const CertificateFacts& certificate) {
  const auto anchors = certificates(context, MaterialUse::TrustAnchor);
  return std::any_of(anchors.begin(), anchors.end(),
                     [&](const PlacedCertificate& anchor) { return anchor.facts->sha256 == certificate.sha256; });
}

std::string describe(const CertificateFacts& certificate) {
  if (certificate.subject.empty()) return fmt::format("serial {}", certificate.serial);
  return fmt::format("'{}'", certificate.subject);
}

std::string describe(const PlacedCertificate& certificate) {
  const std::string& seen_at = certificate.material->seen_at;
  if (!seen_at.empty()) return fmt::format("{} of {}", describe(*certificate.facts), seen_at);
  const std::string& file = certificate.material->written;
  if (file.empty()) return describe(*certificate.facts);
  return fmt::format("{} in '{}'", describe(*certificate.facts), file);
}

std::string date(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

long days_between(Time from, Time to) {
  return static_cast<long>(std::chrono::duration_cast<std::chrono::days>(to - from).count());
}

}  // namespace tlsward::tls
