// How names and code points are spelled: what the parsers of versions, suites, groups and schemes have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tlsward::tls {

/// True for the sixteen values 0x0A0A, 0x1A1A, … 0xFAFA that clients send to keep servers tolerant (RFC 8701, 2).
constexpr bool is_grease(std::uint16_t code) {
  return (code & 0x0F0F) == 0x0A0A && (code >> 8) == (code & 0xFF);
}

/// What is printed for a number without a name: "0x13ff", and "GREASE (0x0a0a)" for the values of RFC 8701.
std::string unknown_name(std::uint16_t code);

/// `text` in lower case without spaces, `-`, `_` and `+`, so that "P-256", "p256" and "P_256" are one key.
std::string fold(std::string_view text);

/// True where `text` is spelled `folded`, apart from what `fold` drops. Allocates nothing.
bool folds_to(std::string_view text, std::string_view folded);

/// A number from 0 to 65535: decimal without leading zeros ("49199") or hex with 0x ("0xC02F"). Spaces round it are
/// skipped. nullopt for anything else, larger numbers included.
std::optional<std::uint16_t> parse_number(std::string_view text);

/// `digits` read in base 16, one to four of them and nothing else.
std::optional<std::uint16_t> parse_hex(std::string_view digits);

/// `text` without the spaces and tabs at both ends.
std::string_view trim(std::string_view text);

}  // namespace tlsward::tls
