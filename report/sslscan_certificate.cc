// sslscan's short form of a certificate.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/width.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"

namespace tlsward::report {
namespace {

std::string_view openssl_curve(std::string_view curve) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kNames = {
      {{"P-256", "prime256v1"}, {"P-384", "secp384r1"}, {"P-521", "secp521r1"}}};
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& row) { return row.first == curve; });
  return found == kNames.end() ? curve : found->second;
}

constexpr std::string_view kSeparator = ", ";

// A comma inside a value has a backslash in front (RFC 4514, 2.4).
std::size_t end_of_attribute(std::string_view text, std::size_t begin) {
  std::size_t at = text.find(kSeparator, begin);
  while (at != std::string_view::npos && at > 0 && text[at - 1] == '\\') at = text.find(kSeparator, at + 1);
  return std::min(at, text.size());
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// RFC 4514, 3: a backslash, then two hex digits or the character itself.
std::string unescaped(std::string_view value) {
  std::string result;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      result += value[i];
      continue;
    }
    const int high = hex_digit(value[i + 1]);
    const int low = i + 2 < value.size() ? hex_digit(value[i + 2]) : -1;
    const bool byte = high >= 0 && low >= 0;
    result += byte ? static_cast<char>(high << 4 | low) : value[i + 1];
    i += byte ? 2 : 1;
  }
  return result;
}

std::string_view signature_color(std::string_view algorithm) {
  const auto has = [&](std::string_view part) { return algorithm.find(part) != std::string_view::npos; };
  if (has("md5") || has("sha1") || has("MD5") || has("SHA1")) return kRed;
  return has("sha256") || has("sha512") ? kGreen : std::string_view();
}

std::string key_lines(const Paint& paint, const tls::KeyFacts& facts) {
  const SslscanKey key = sslscan_key(facts);
  if (!key.curve.empty()) {
    const std::string_view color = key.bits < 112 ? kRed : key.bits < 128 ? kYellow : std::string_view();
    return fmt::format("ECC Curve Name:      {}\nECC Key Strength:    {}\n", key.curve,
                       paint(color, std::to_string(key.bits)));
  }
  if (facts.type == tls::KeyType::Unknown) return "Public Key: Unknown\n";
  const bool rsa = facts.type == tls::KeyType::Rsa || facts.type == tls::KeyType::RsaPss;
  std::string_view color;
  if (rsa && key.bits < 2048) color = kRed;
  if (rsa && key.bits >= 3072) color = kGreen;
  return fmt::format("{:<20} {}\n", fmt::format("{} Key Strength:", key.type), paint(color, std::to_string(key.bits)));
}

}  // namespace

SslscanKey sslscan_key(const tls::KeyFacts& key) {
  const std::string type(name(key.type));
  if (key.type == tls::KeyType::Ec) return {type, std::string(openssl_curve(key.curve)), key.bits / 2};
  const bool edwards = key.type == tls::KeyType::Ed25519 || key.type == tls::KeyType::Ed448;
  return {type, {}, edwards ? tls::equivalent_strength(key) : key.bits};
}

std::string sslscan_subject(const std::string& distinguished_name) {
  constexpr std::string_view kCommonName = "CN=";
  const std::string_view text = distinguished_name;
  std::string_view found = text;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = end_of_attribute(text, begin);
    const std::string_view attribute = text.substr(begin, end - begin);
    if (attribute.starts_with(kCommonName)) found = attribute.substr(kCommonName.size());
    begin = end + kSeparator.size();
  }
  return unescaped(found);
}

std::string sslscan_altnames(const tls::CertificateFacts& certificate) {
  std::vector<std::string> names;
  for (const std::string& dns : certificate.dns_names) names.push_back("DNS:" + dns);
  for (const std::string& address : certificate.ip_addresses) names.push_back("IP Address:" + address);
  for (const std::string& email : certificate.emails) names.push_back("email:" + email);
  for (const std::string& uri : certificate.uris) names.push_back("URI:" + uri);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string sslscan_certificate(const Paint& paint, const tls::CertificateFacts& certificate,
                                std::optional<tls::Time> now) {
  const auto date_color = [&](bool good) { return !now ? std::string_view() : good ? kGreen : kRed; };
  std::string text = fmt::format("Signature Algorithm: {}\n", paint(signature_color(certificate.signature_algorithm),
                                                                    printable(certificate.signature_algorithm)));
  text += key_lines(paint, certificate.key);
  text += fmt::format("\nSubject:  {}\n", printable(sslscan_subject(certificate.subject)));
  if (certificate.has_san) text += fmt::format("Altnames: {}\n", printable(sslscan_altnames(certificate)));
  text += fmt::format("Issuer:   {}\n\n", paint(certificate.self_issued ? kRed : std::string_view(),
                                                printable(sslscan_subject(certificate.issuer))));
  text += fmt::format("Not valid before: {}\n",
                      paint(date_color(now >= certificate.not_before), openssl_time(certificate.not_before)));
  text += fmt::format("Not valid after:  {}\n",
                      paint(date_color(now <= certificate.not_after), openssl_time(certificate.not_after)));
  return text;
}

}  // namespace tlsward::report
