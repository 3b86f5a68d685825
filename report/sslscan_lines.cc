#include "report/sslscan_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/width.h"
#include "report/time_text.h"

namespace tlsward::report {
namespace {

constexpr int kNameWidth = 29;

// sslscan cannot guess the bits of a suite that it does not know.
constexpr int kUnknownBits = -1;

std::string_view bits_color(int bits) {
  if (bits == 0) return kOnRed;
  if (bits >= 112) return kGreen;
  return bits > 56 || bits == kUnknownBits ? kYellow : kRed;
}

std::string_view strength_color(std::string_view strength) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kColors = {
      {{"null", kOnRed}, {"anonymous", kPurple}, {"weak", kRed}, {"medium", kYellow}, {"strong", kGreen}}};
  const auto found =
      std::find_if(kColors.begin(), kColors.end(), [&](const auto& row) { return row.first == strength; });
  return found == kColors.end() ? std::string_view() : found->second;
}

std::string_view version_color(tls::Version version) {
  if (version >= tls::kTls13) return kGreen;
  if (version >= tls::kTls12) return {};
  return version >= tls::kTls10 ? kYellow : kRed;
}

// "128 bits  ", the figures first and the blanks behind, so that names stand below each other.
std::string bits_column(const Paint& paint, int bits) {
  const std::string figures = bits == kUnknownBits ? "??" : std::to_string(bits);
  const std::size_t blanks = figures.size() < 3 ? 3 - figures.size() : 0;
  return fmt::format("{} bits  {:{}}", paint(bits_color(bits), figures), "", blanks);
}

std::string head(const Paint& paint, tls::Version version, bool preferred) {
  const std::string name = sslscan_version(version);
  const std::size_t blanks = name.size() < 7 ? 7 - name.size() : 0;
  return fmt::format("{} {}{:{}}  ", preferred ? paint(kGreen, "Preferred") : "Accepted ",
                     paint(version_color(version), name), "", blanks);
}

std::string without_trailing_blanks(std::string text) {
  text.resize(text.find_last_not_of(' ') + 1);
  return text;
}

std::string detail_words(const Paint& paint, const KeyExchangeDetail& detail) {
  if (detail.dhe_bits != 0) {
    const std::string_view color = detail.dhe_bits < 1024   ? kRed
                                   : detail.dhe_bits < 2048 ? kYellow
                                                            : std::string_view();
    return fmt::format("DHE {} bits", paint(color, std::to_string(detail.dhe_bits)));
  }
  if (detail.curve.empty()) return {};
  if (detail.ecdhe_bits == 0) return fmt::format("Group {}", paint(kGreen, detail.curve));
  const bool montgomery = detail.curve == "25519" || detail.curve == "448";
  return fmt::format("Curve {} DHE {}", paint(montgomery ? kGreen : std::string_view(), detail.curve),
                     detail.ecdhe_bits);
}

std::string suite_line(const Paint& paint, tls::Version version, bool preferred, int bits, std::string_view name,
                       std::string_view color, std::string_view detail) {
  const std::string padded = fmt::format("{:<{}}", name, kNameWidth);
  return without_trailing_blanks(fmt::format("{}{}{} {}", head(paint, version, preferred), bits_column(paint, bits),
                                             paint(color, padded), detail));
}

}  // namespace

std::string sslscan_version(tls::Version version) {
  if (version == tls::kSsl2) return "SSLv2";
  if (version == tls::kSsl3) return "SSLv3";
  // Drafts of TLS 1.3 were numbered 0x7f00 and the number of the draft.
  if (version.number >> 8 == 0x7f) return fmt::format("TLSv1.3-draft{}", version.number & 0xff);
  return "TLSv" + tls::short_name(version);
}

std::string sslscan_name(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts == nullptr || facts->openssl.empty() ? tls::name(suite) : std::string(facts->openssl);
}

std::string_view sslscan_strength(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  if (facts == nullptr) return "acceptable";
  const std::string_view encryption = facts->encryption;
  if (encryption == "NULL") return "null";
  if (facts->authentication == tls::Authentication::None) return "anonymous";
  if (tls::name(facts->key_exchange).find("EXPORT") != std::string_view::npos) return "weak";
  const auto encrypts_with = [&](std::string_view cipher) { return encryption.starts_with(cipher); };
  constexpr std::array<std::string_view, 7> kMedium = {"RC4", "DES", "3DES", "SM4", "28147", "KUZNYECHIK", "MAGMA"};
  if (std::any_of(kMedium.begin(), kMedium.end(), encrypts_with)) return "medium";
  const bool strong_cipher = facts->mode == tls::CipherMode::Gcm || facts->mode == tls::CipherMode::Poly1305;
  return strong_cipher && facts->forward_secrecy ? "strong" : "acceptable";
}

KeyExchangeDetail key_exchange_detail(std::optional<tls::Group> group, int dh_bits) {
  if (!group) return {{}, 0, dh_bits};
  // OpenSSL counts the bits of the curve's order.
  if (*group == tls::kX25519) return {"25519", 253, 0};
  if (*group == tls::kX448) return {"448", 448, 0};
  const tls::GroupFacts* facts = tls::facts(*group);
  if (facts == nullptr) return {tls::name(*group), 0, 0};
  switch (facts->kind) {
    case tls::GroupKind::FiniteField:
      return {{}, 0, facts->bits};
    case tls::GroupKind::KeyEncapsulation:
    case tls::GroupKind::Hybrid:
      return {tls::name(*group), 0, 0};
    case tls::GroupKind::Prime:
    case tls::GroupKind::Binary:
    case tls::GroupKind::Montgomery:
      break;
  }
  return {tls::name(*group), facts->bits, 0};
}

std::string sslscan_title(const Paint& paint, std::string_view title) {
  return fmt::format("  {}", paint(kBlue, fmt::format("{}:", title)));
}

std::string sslscan_protocol(const Paint& paint, tls::Version version, std::optional<bool> enabled) {
  const std::string name = fmt::format("{:<9}", sslscan_version(version));
  if (!enabled) return fmt::format("{} {}", name, paint(kYellow, "unknown"));
  const bool modern = version >= tls::kTls12;
  std::string_view color;
  if (version >= tls::kTls13) {
    color = *enabled ? kGreen : kYellow;
  } else if (!modern) {
    const std::string_view bad = version >= tls::kTls10 ? kYellow : kRed;
    color = *enabled ? bad : kGreen;
  }
  return fmt::format("{} {}", name, paint(color, *enabled ? "enabled" : "disabled"));
}

std::string sslscan_suite(const Paint& paint, tls::Version version, tls::CipherSuite suite, bool preferred,
                          const KeyExchangeDetail& detail) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return suite_line(paint, version, preferred, facts == nullptr ? kUnknownBits : facts->bits, sslscan_name(suite),
                    strength_color(sslscan_strength(suite)), detail_words(paint, detail));
}

std::string sslscan_suite(const Paint& paint, tls::Version version, std::string_view name, int bits) {
  return suite_line(paint, version, false, bits, name, kRed, {});
}

std::string sslscan_group_name(tls::Group group) {
  const tls::GroupFacts* facts = tls::facts(group);
  if (facts == nullptr) return tls::name(group);
  const bool more = !facts->common.empty() && facts->common != facts->name;
  return more ? fmt::format("{} ({})", facts->name, facts->common) : std::string(facts->name);
}

std::string sslscan_group(const Paint& paint, tls::Version version, tls::Group group) {
  const tls::GroupFacts* facts = tls::facts(group);
  const int strength = facts == nullptr || facts->strength == 0 ? kUnknownBits : facts->strength;
  const bool good =
      facts != nullptr && (facts->kind == tls::GroupKind::Montgomery ||
                           facts->kind == tls::GroupKind::KeyEncapsulation || facts->kind == tls::GroupKind::Hybrid);
  const std::string figures = strength == kUnknownBits ? "??" : std::to_string(strength);
  const std::size_t blanks = figures.size() < 3 ? 3 - figures.size() : 0;
  return fmt::format("{}  {:{}}{} bits  {}", sslscan_version(version), "", blanks, paint(bits_color(strength), figures),
                     paint(good ? kGreen : std::string_view(), sslscan_group_name(group)));
}

std::string sslscan_signature(const Paint& paint, tls::Version version, tls::SignatureScheme scheme) {
  const std::string name = tls::name(scheme);
  std::string_view color;
  if (name.ends_with("_md5") || name.ends_with("_sha1")) color = kRed;
  if (name.ends_with("_sha224") || name.starts_with("dsa_")) color = kYellow;
  return fmt::format("{}  {}", sslscan_version(version), paint(color, name));
}

}  // namespace tlsward::report
