// Go's order follows one thought (comment above cipherSuitesPreferenceOrder in crypto/tls/cipher_suites.go): AEAD
// before CBC, ECDHE before RSA key exchange, AES-GCM before ChaCha20 where the processor has AES instructions, AES-128
// before AES-256; then 3DES, CBC with SHA-256 (not protected against Lucky 13) and RC4 last. Checked against the source
// of Go 1.19; releases up to 1.25 changed which suites are enabled by default, not the order.
#include "tls/preference.h"

#include <algorithm>
#include <array>

namespace tlsward::tls {
namespace {

constexpr std::array<CipherSuite, 22> kWithAesHardware{{
    {0xC02B},  // TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    {0xC02F},  // TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    {0xC02C},  // TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    {0xC030},  // TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    {0xCCA9},  // TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    {0xCCA8},  // TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    {0xC009},  // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA
    {0xC013},  // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
    {0xC00A},  // TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA
    {0xC014},  // TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA
    {0x009C},  // TLS_RSA_WITH_AES_128_GCM_SHA256
    {0x009D},  // TLS_RSA_WITH_AES_256_GCM_SHA384
    {0x002F},  // TLS_RSA_WITH_AES_128_CBC_SHA
    {0x0035},  // TLS_RSA_WITH_AES_256_CBC_SHA
    {0xC012},  // TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA
    {0x000A},  // TLS_RSA_WITH_3DES_EDE_CBC_SHA
    {0xC023},  // TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256
    {0xC027},  // TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256
    {0x003C},  // TLS_RSA_WITH_AES_128_CBC_SHA256
    {0xC007},  // TLS_ECDHE_ECDSA_WITH_RC4_128_SHA
    {0xC011},  // TLS_ECDHE_RSA_WITH_RC4_128_SHA
    {0x0005},  // TLS_RSA_WITH_RC4_128_SHA
}};

// The same list with the two CHACHA20 suites moved to the front.
constexpr auto kWithoutAesHardware = [] {
  auto order = kWithAesHardware;
  for (std::size_t i = 0; i < 4; ++i) order[i + 2] = kWithAesHardware[i];
  order[0] = kWithAesHardware[4];
  order[1] = kWithAesHardware[5];
  return order;
}();

}  // namespace

std::span<const CipherSuite> go_preference_order(bool aes_hardware) {
  return aes_hardware ? kWithAesHardware : kWithoutAesHardware;
}

std::vector<CipherSuite> in_go_order(std::span<const CipherSuite> suites, bool aes_hardware) {
  std::vector<CipherSuite> ordered;
  for (const auto suite : go_preference_order(aes_hardware)) {
    if (std::find(suites.begin(), suites.end(), suite) != suites.end()) ordered.push_back(suite);
  }
  return ordered;
}

}  // namespace tlsward::tls
