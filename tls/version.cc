// A version is its number on the wire. The table below gives the numbers names; everything else is spelling: products
// write 1.2, TLS12, TLSv1_2, VersionTLS12 or 771 for the same thing.
#include "tls/version.h"

#include <array>

#include "tls/spelling.h"

namespace tlsward::tls {
namespace {

struct Spelling {
  Version version;
  std::string_view name;
  std::string_view short_name;
  std::string_view digits;  // what is left of a spelling behind "tls" or "ssl", "v" and the dots
};

// RFC 6101 and RFC 6176 (SSL), RFC 8446 4.2.1 (the numbers of TLS).
constexpr std::array<Spelling, 6> kSpellings{{
    {kSsl2, "SSL 2.0", "SSL 2.0", "20"},
    {kSsl3, "SSL 3.0", "SSL 3.0", "30"},
    {kTls10, "TLS 1.0", "1.0", "10"},
    {kTls11, "TLS 1.1", "1.1", "11"},
    {kTls12, "TLS 1.2", "1.2", "12"},
    {kTls13, "TLS 1.3", "1.3", "13"},
}};

constexpr std::array<Version, 5> kKnown{kSsl3, kTls10, kTls11, kTls12, kTls13};

const Spelling* find(Version version) {
  for (const auto& spelling : kSpellings) {
    if (spelling.version == version) return &spelling;
  }
  return nullptr;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// "1.2", "1" and "12" are "12" when a protocol name stood in front of them.
std::string without_dots(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '.') digits += c;
  }
  if (digits.size() == 1) digits += '0';
  return digits;
}

std::optional<Version> find_digits(std::string_view digits, bool ssl) {
  for (const auto& spelling : kSpellings) {
    if (spelling.digits == digits && (spelling.version <= kSsl3) == ssl) return spelling.version;
  }
  return std::nullopt;
}

}  // namespace

std::span<const Version> known_versions() {
  return kKnown;
}

bool is_known(Version version) {
  return find(version) != nullptr;
}

std::string name(Version version) {
  const auto* spelling = find(version);
  return spelling ? std::string(spelling->name) : unknown_name(version.number);
}

std::string short_name(Version version) {
  const auto* spelling = find(version);
  return spelling ? std::string(spelling->short_name) : unknown_name(version.number);
}

std::optional<Version> parse_version(std::string_view text) {
  // 0x0100: below it a plain number is "1", "12" and the like, which is no code point of a version.
  const auto number = parse_number(text);
  if (number && *number >= 0x0100) return Version{*number};
  const auto known_number = number && trim(text).starts_with("0x");
  if (known_number) return Version{*number};

  for (const auto& spelling : kSpellings) {
    if (trim(text) == spelling.short_name) return spelling.version;
  }

  const auto key = fold(text);
  std::string_view rest = key;
  drop_prefix(rest, "tls.");  // Go: tls.VersionTLS12
  drop_prefix(rest, "version");
  const bool ssl = drop_prefix(rest, "ssl");
  if (!ssl && !drop_prefix(rest, "tls")) return std::nullopt;
  drop_prefix(rest, "v");
  return find_digits(without_dots(rest), ssl);
}

}  // namespace tlsward::tls
