// The kinds of certificates that a client asks for apart.
#pragma once

#include <string_view>

#include "tls/certificate.h"

namespace tlsward::probe {

/// What a server signs with by a certificate of this key: "RSA", "RSA-PSS", "ECDSA", "EdDSA", "DSA"; "unknown" for
/// other keys.
std::string_view kind_of(const tls::KeyFacts& key);

}  // namespace tlsward::probe
