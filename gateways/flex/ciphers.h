// What Flex Gateway's pages say about TLS versions and cipher suites, release by release.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "gateways/gateway.h"
#include "tls/cipher_suite.h"
#include "tls/context.h"
#include "tls/version.h"

namespace tlsward::gateways::flex {

/// One row of the table "Flex Gateway Supported Ciphers".
struct CipherRow {
  std::string_view name;  // IANA, the only spelling that Flex Gateway documents
  tls::CipherSuite suite;
  bool tls11, tls12, tls13;  // versions that the row names
  bool by_default;           // in use where `ciphers` is absent or empty
  std::string_view advice;   // "Secure", "Recommended", "Weak", "Insecure"
  ProductVersion gone = {};  // first release whose table has no such row; not set: still there
};

/// The whole table in its own order: the 23 rows of 1.7 to 1.9, and TLS_RSA_WITH_NULL_SHA, which 1.1 to 1.6 have too.
std::span<const CipherRow> cipher_table();

/// The release whose pages apply. Where nobody named one, 1.9 stands in for the latest: its pages list the most, so
/// nothing is called unknown that some release in use accepts. From 1.11 on they list neither TLS 1.1 nor 3DES.
ProductVersion pages_of(const GatewayVersion& version);

/// The row with exactly this name, or nullptr where the table of `release` has none.
const CipherRow* find_cipher(std::string_view name, ProductVersion release);
/// The row of a suite, or nullptr where the table of `release` has none.
const CipherRow* find_cipher(tls::CipherSuite suite, ProductVersion release);
/// Versions that the row serves in `release`, ascending.
std::vector<tls::Version> versions_of(const CipherRow& row, ProductVersion release);

/// TLS 1.1 (up to 1.10), 1.2 and 1.3, ascending.
std::vector<tls::Version> supported_versions(ProductVersion release);
/// The version that is spelled exactly so ("1.2"), or nullopt.
std::optional<tls::Version> parse_supported_version(std::string_view text, ProductVersion release);
/// The same of a value in a file. A number is not spelled: 1.20 and 12e-1 are 1.2.
std::optional<tls::Version> parse_supported_version(const Node& value, ProductVersion release);

/// Suites in use for `version` where none is listed, in the order that is assumed (TLS 1.2: Envoy's); none for TLS 1.1.
std::vector<tls::CipherSuite> default_ciphers(tls::Version version);
/// TlsContext::equal_preference of a listener with these versions and this list: with AES in hardware BoringSSL leaves
/// TLS 1.3 to the client; of the default suites of TLS 1.2 also Envoy's [ECDHE-ECDSA-AES128-GCM-SHA256 |
/// ECDHE-ECDSA-CHACHA20-POLY1305] and the same with RSA. Assumed.
std::vector<std::vector<tls::CipherSuite>> equal_preference(const tls::TlsContext& listener);
/// True for the five suites that the connection to Redis does not have.
bool missing_for_redis(tls::CipherSuite suite);

}  // namespace tlsward::gateways::flex
