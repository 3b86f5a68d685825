// Encrypted records of TLS 1.3, opened (RFC 8446, 5.2 and 5.3). Private to net/.
#pragma once

#include <openssl/evp.h>

#include <cstdint>
#include <optional>

#include "net/secret.h"
#include "tls/cipher_suite.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {

/// How a cipher suite protects records.
struct RecordProtection {
  tls::CipherSuite suite;
  const EVP_CIPHER* (*cipher)();
  const EVP_MD* (*hash)();
  std::size_t key_size, tag_size;
  bool ccm;
};
/// AES-GCM, AES-CCM and ChaCha20-Poly1305 of RFC 8446; nullptr for all others.
const RecordProtection* find_record_protection(tls::CipherSuite suite);

/// Opens records one after the other.
class RecordCipher {
 public:
  RecordCipher(const RecordProtection& protection, const Secret& key, const Secret& iv)
      : protection_(&protection), key_(key), iv_(iv) {}

  /// What the next record holds: content, its type and padding. Nullopt where key or bytes are not right.
  std::optional<tls::wire::Bytes> open(tls::wire::View header, tls::wire::View ciphertext);

 private:
  Secret nonce() const;

  const RecordProtection* protection_;
  Secret key_, iv_;
  std::uint64_t sequence_ = 0;
};

}  // namespace tlsward::net
