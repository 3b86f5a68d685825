// Base64 as a PEM body has it (RFC 4648, 4).
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace tlsward::report {

/// With padding, on one line.
std::string base64(std::span<const std::uint8_t> bytes);

}  // namespace tlsward::report
