// From a shared secret to the keys of a TLS 1.3 handshake (RFC 8446, 7.1; RFC 5869). Private to net/.
#pragma once

#include <openssl/evp.h>

#include <cstddef>
#include <string_view>

#include "net/secret.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {

/// What the server protects its handshake messages with. All empty where OpenSSL failed.
struct HandshakeKeys {
  Secret key, iv, finished;
};

/// Keys for a handshake without a pre-shared key. `transcript_hash`: of ClientHello to ServerHello. `key_size` in
/// bytes.
HandshakeKeys server_handshake_keys(const EVP_MD* hash, tls::wire::View shared_secret, tls::wire::View transcript_hash,
                                    std::size_t key_size);

/// HMAC of `message`; empty where OpenSSL failed.
Secret hmac(const EVP_MD* hash, tls::wire::View key, tls::wire::View message);

/// HKDF-Expand-Label for outputs no longer than the hash: "tls13 " is put in front of `label`.
Secret expand_label(const EVP_MD* hash, const Secret& secret, std::string_view label, tls::wire::View context,
                    std::size_t size);

}  // namespace tlsward::net
