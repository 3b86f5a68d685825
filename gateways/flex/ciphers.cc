// Source: "TLS Cipher Support on Flex Gateway", a part of the two TLS policy pages
// (https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound), compared on 2026-11-22 for 1.1 to 1.9, 1.11
// and 1.13. The page does not say what happens with a name that is not in the table.
#include "gateways/flex/ciphers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace tlsward::gateways::flex {
namespace {

constexpr ProductVersion kWithoutNull{1, 7};
constexpr ProductVersion kWithoutTls11{1, 11};  // the page of 1.10 was not at hand
constexpr ProductVersion kWidestPages{1, 9};

//                  name                                            code    1.1    1.2    1.3   default advice
constexpr std::array<CipherRow, 24> kTable{{
    {"TLS_AES_128_GCM_SHA256", {0x1301}, false, false, true, true, "Secure"},
    {"TLS_AES_256_GCM_SHA384", {0x1302}, false, false, true, true, "Secure"},
    {"TLS_CHACHA20_POLY1305_SHA256", {0x1303}, false, false, true, true, "Secure"},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", {0xC02B}, false, true, false, true, "Recommended"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", {0xC02C}, false, true, false, true, "Recommended"},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", {0xCCA9}, false, true, false, true, "Recommended"},
    {"TLS_ECDHE_PSK_WITH_CHACHA20_POLY1305_SHA256", {0xCCAC}, false, true, false, false, "Recommended"},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", {0xC02F}, false, true, false, true, "Secure"},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", {0xC030}, false, true, false, true, "Secure"},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", {0xCCA8}, false, true, false, true, "Secure"},
    {"TLS_RSA_WITH_AES_128_GCM_SHA256", {0x009C}, false, true, false, false, "Weak"},
    {"TLS_RSA_WITH_AES_256_GCM_SHA384", {0x009D}, false, true, false, false, "Weak"},
    {"TLS_RSA_WITH_AES_128_CBC_SHA", {0x002F}, true, true, false, false, "Weak"},
    {"TLS_RSA_WITH_AES_256_CBC_SHA", {0x0035}, true, true, false, false, "Weak"},
    {"TLS_PSK_WITH_AES_128_CBC_SHA", {0x008C}, true, true, false, false, "Weak"},
    {"TLS_PSK_WITH_AES_256_CBC_SHA", {0x008D}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", {0xC009}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", {0xC00A}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", {0xC013}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", {0xC014}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA", {0xC035}, true, true, false, false, "Weak"},
    {"TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA", {0xC036}, true, true, false, false, "Weak"},
    // The table names TLS 1.1 alone, although the suite also exists in TLS 1.2 (RFC 5246, A.5).
    {"TLS_RSA_WITH_3DES_EDE_CBC_SHA", {0x000A}, true, false, false, false, "Weak", kWithoutTls11},
    {"TLS_RSA_WITH_NULL_SHA", {0x0002}, true, true, false, false, "Insecure", kWithoutNull},
}};

// Note below the Redis table of
// https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide, read 2026-11-22.
constexpr std::array<tls::CipherSuite, 5> kNotForRedis{{{0x0002}, {0x008D}, {0xC035}, {0xC036}, {0xCCAC}}};

// The rows of TLS 1.2 that are on by default are Envoy's default suites; that Flex Gateway leaves Envoy's order alone
// is assumed. https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
// (cipher_suites), read 2026-11-26.
constexpr std::array<tls::CipherSuite, 6> kEnvoyOrder{{{0xC02B}, {0xCCA9}, {0xC02F}, {0xCCA8}, {0xC02C}, {0xC030}}};

bool listed(const CipherRow& row, ProductVersion release) {
  return !row.gone.set() || release < row.gone;
}

}  // namespace

std::span<const CipherRow> cipher_table() {
  return kTable;
}

ProductVersion pages_of(const GatewayVersion& version) {
  return version.guessed ? std::min(version.number, kWidestPages) : version.number;
}

const CipherRow* find_cipher(std::string_view name, ProductVersion release) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const CipherRow& row) { return row.name == name && listed(row, release); });
  return found == kTable.end() ? nullptr : &*found;
}

const CipherRow* find_cipher(tls::CipherSuite suite, ProductVersion release) {
  const auto found = std::find_if(kTable.begin(), kTable.end(),
                                  [&](const CipherRow& row) { return row.suite == suite && listed(row, release); });
  return found == kTable.end() ? nullptr : &*found;
}

std::vector<tls::Version> versions_of(const CipherRow& row, ProductVersion release) {
  std::vector<tls::Version> result;
  if (row.tls11 && release < kWithoutTls11) result.push_back(tls::kTls11);
  if (row.tls12) result.push_back(tls::kTls12);
  if (row.tls13) result.push_back(tls::kTls13);
  return result;
}

std::vector<tls::Version> supported_versions(ProductVersion release) {
  if (release < kWithoutTls11) return {tls::kTls11, tls::kTls12, tls::kTls13};
  return {tls::kTls12, tls::kTls13};
}

std::optional<tls::Version> parse_supported_version(std::string_view text, ProductVersion release) {
  for (const tls::Version version : supported_versions(release)) {
    if (tls::short_name(version) == text) return version;
  }
  return std::nullopt;
}

std::optional<tls::Version> parse_supported_version(const Node& value, ProductVersion release) {
  if (value.kind != NodeKind::Number) return parse_supported_version(value.scalar, release);
  std::string_view text = value.scalar;
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return parse_supported_version(fmt::format("{}", number), release);
}

std::vector<tls::CipherSuite> default_ciphers(tls::Version version) {
  if (version == tls::kTls12) return {kEnvoyOrder.begin(), kEnvoyOrder.end()};
  std::vector<tls::CipherSuite> result;
  for (const CipherRow& row : kTable) {
    const bool serves = version == tls::kTls13 && row.tls13;
    if (row.by_default && serves) result.push_back(row.suite);
  }
  return result;
}

std::vector<std::vector<tls::CipherSuite>> equal_preference(const tls::TlsContext& listener) {
  const auto may_have = [&](tls::Version version) {
    return !listener.versions.known() || tls::enables(listener, version);
  };
  std::vector<std::vector<tls::CipherSuite>> runs;
  if (listener.cipher_list.value.empty() && may_have(tls::kTls12))
    runs = {{kEnvoyOrder[0], kEnvoyOrder[1]}, {kEnvoyOrder[2], kEnvoyOrder[3]}};
  if (may_have(tls::kTls13)) runs.push_back(default_ciphers(tls::kTls13));
  return runs;
}

bool missing_for_redis(tls::CipherSuite suite) {
  return std::find(kNotForRedis.begin(), kNotForRedis.end(), suite) != kNotForRedis.end();
}

}  // namespace tlsward::gateways::flex
