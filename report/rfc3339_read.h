// Moments as text, read back.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace tlsward::report {

/// "2026-01-02T03:04:05.678Z", with any number of digits behind the second or none, "Z" or an offset such as "+02:00"
/// (RFC 3339, 5.6; no leap seconds). What is finer than a millisecond is cut off. Nullopt for anything else.
std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_rfc3339(std::string_view text);

}  // namespace tlsward::report
