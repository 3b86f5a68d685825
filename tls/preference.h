// In which order a server chooses cipher suites where the product, not the configuration, decides.
#pragma once

#include <span>
#include <vector>

#include "tls/cipher_suite.h"

namespace tlsward::tls {

/// The 22 suites of TLS 1.0 to 1.2 that Go's crypto/tls implements, most preferred first. Go ignores the order of
/// Config.CipherSuites and uses this one since 1.17 (crypto/tls, cipherSuitesPreferenceOrder; unchanged up to 1.25).
/// Without hardware for AES-GCM, on either side, CHACHA20_POLY1305 comes first.
std::span<const CipherSuite> go_preference_order(bool aes_hardware = true);

/// What a Go server makes of a configured list: those of `suites` that Go implements for TLS 1.0 to 1.2, each once, in
/// Go's order. Other numbers are ignored, as Go ignores them.
std::vector<CipherSuite> in_go_order(std::span<const CipherSuite> suites, bool aes_hardware = true);

}  // namespace tlsward::tls
