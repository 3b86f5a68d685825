// What one file of the certificate store holds: certificates in the clear, the private key encrypted, and all of it
// protected from changes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "pki/secret_bytes.h"
#include "serve/certificates/sealing_key.h"

namespace tlsward::serve {

/// A certificate as it is added.
struct StoreRecord {
  std::string id;
  std::uint64_t sequence = 0;  // tells what was added before what
  std::string pem;             // certificates, leaf first, or one public key
  pki::SecretBytes key;        // in PEM, or empty
};

/// The text of a file: lines with the id, sequence, salt, check and nonce, then `pem`, then a line with what
/// AES-256-GCM makes of `key`. Everything before that line is authenticated with it, so no part fits another id. Error:
/// what OpenSSL refuses.
Result<std::string> seal(const StoreRecord& record, const SealingKey& key);

/// Takes the text of a file apart, with the key that its salt asks `keys` for; that key is preferred from then on.
/// Error, about the file: it is none of the store, is sealed under another secret, or was changed, cut short or made
/// for another id than `id`.
Result<StoreRecord> unseal(std::string_view text, std::string_view id, SealingKeys& keys);

}  // namespace tlsward::serve
