// SHA-256, for fingerprints of findings and of certificates.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::pki {

/// SHA-256 (FIPS 180-4) of the bytes as 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tlsward::pki
