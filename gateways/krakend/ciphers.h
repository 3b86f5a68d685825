// The cipher suites that KrakenD documents, by their decimal ids.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "tls/cipher_suite.h"

namespace tlsward::gateways::krakend {

/// The list of the documentation that an id stands in.
enum class Listing : unsigned char { Tls13Default, Tls12Default, NotRecommended };

struct DocumentedCipher {
  tls::CipherSuite suite;
  Listing listing;
};

/// The 25 documented ids, in the order of the page. They are exactly the suites that Go's crypto/tls has, so that an id
/// outside is ignored without a word. Source: https://www.krakend.io/docs/v2.6/service-settings/tls/, "Supported cipher
/// suites" (document of 2023-03-30).
std::span<const DocumentedCipher> documented_ciphers();
/// The row of a suite, or nullptr.
const DocumentedCipher* find_documented(tls::CipherSuite suite);
/// The vendor's own rating: "not recommended" for the third list, else empty.
std::string_view advice(tls::CipherSuite suite);

/// What an absent or empty `cipher_suites` means in the program: the six suites of TLS 1.2 with ECDHE and AEAD. (The
/// documentation names 4865, 4866 and 4867 instead, which Go does not let anybody choose.) Source: lura,
/// transport/http/server/server.go, defaultCipherSuites.
inline constexpr std::array kDefaultSuites = {
    tls::CipherSuite{0xC02F}, tls::CipherSuite{0xC02B}, tls::CipherSuite{0xC030},
    tls::CipherSuite{0xC02C}, tls::CipherSuite{0xCCA8}, tls::CipherSuite{0xCCA9},
};

}  // namespace tlsward::gateways::krakend
