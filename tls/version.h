// TLS protocol versions: an open type round the wire number.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tlsward::tls {

/// A protocol version as on the wire (RFC 8446, 4.2.1). Unknown numbers are values like any other.
struct Version {
  std::uint16_t number = 0;
  friend auto operator<=>(const Version&, const Version&) = default;
};

inline constexpr Version kSsl2{0x0002};
inline constexpr Version kSsl3{0x0300};
inline constexpr Version kTls10{0x0301};
inline constexpr Version kTls11{0x0302};
inline constexpr Version kTls12{0x0303};
inline constexpr Version kTls13{0x0304};

/// SSL 3.0 to TLS 1.3, ascending.
std::span<const Version> known_versions();
/// True for SSL 2.0, SSL 3.0 and TLS 1.0 to 1.3.
bool is_known(Version version);
/// "TLS 1.2"; "0x0305" for a number without a name.
std::string name(Version version);
/// "1.2" for TLS 1.0 to 1.3, else as `name`.
std::string short_name(Version version);
/// Any usual spelling: 1.2, TLS1.2, TLSv1.2, TLSv1_2, TLS12, tls12, TLS 1.2, VersionTLS12, 771, 0x0303, SSL3.0, SSLv3.
/// A number needs no name: 773 is Version{0x0305}. Decimals below 256 are no wire numbers and give nullopt.
std::optional<Version> parse_version(std::string_view text);

}  // namespace tlsward::tls
