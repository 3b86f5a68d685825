#include "tls/material.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

namespace tlsward::tls {

bool is_read(const Material& material) {
  return material.state == MaterialState::Read;
}

std::vector<PlacedCertificate> certificates(const TlsContext& context, MaterialUse use) {
  std::vector<PlacedCertificate> result;
  for (const Material& material : context.material) {
    if (material.use != use || !is_read(material)) continue;
    const auto& found = material.bundle.certificates;
    for (std::size_t index = 0; index < found.size(); ++index) result.push_back({&found[index], &material, index});
  }
  return result;
}

std::vector<PlacedCertificate> leaves(const TlsContext& context, MaterialUse use) {
  std::vector<PlacedCertificate> result = certificates(context, use);
  std::erase_if(result, [](const PlacedCertificate& certificate) { return certificate.index != 0; });
  return result;
}

std::vector<PlacedCertificate> server_leaves(const TlsContext& context) {
  if (context.role == Role::Listener) return leaves(context, MaterialUse::Certificate);
  std::vector<PlacedCertificate> result = leaves(context, MaterialUse::KnownUpstream);
  for (const PlacedCertificate& anchor : certificates(context, MaterialUse::TrustAnchor)) {
    // A version 1 certificate says nothing of what it may do: it may be a root of old.
    if (anchor.facts->version >= 3 && !anchor.facts->is_ca) result.push_back(anchor);
  }
  return result;
}

bool can_sign(const CertificateFacts& certificate) {
  if (!certificate.is_ca) return false;
  const auto& usage = certificate.key_usage;
  return !certificate.has_key_usage || std::find(usage.begin(), usage.end(), "keyCertSign") != usage.end();
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
