// Keys that private keys are encrypted with on the disk, made from a secret that a person chose.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "core/result.h"
#include "pki/secret_bytes.h"

namespace tlsward::serve {

using Salt = std::array<unsigned char, 16>;

/// What scrypt (RFC 7914; N 32,768, r 8, p 1) makes of a secret and a salt.
struct SealingKey {
  Salt salt{};
  /// Tells a wrong secret from damaged data; says nothing about `key`.
  std::array<unsigned char, 16> check{};
  pki::SecretBytes key;  // 32 bytes, for AES-256-GCM
};

/// The keys of one secret. Making one takes a tenth of a second and 32 MiB, so each is made once, when it is asked for.
class SealingKeys {
 public:
  /// `secret` may be of any length, but not empty.
  explicit SealingKeys(pki::SecretBytes secret) : secret_(std::move(secret)) {}

  /// The key for data that was sealed with `salt`. Error: no memory, or data with more than 16 salts, as nobody wrote
  /// them.
  Result<const SealingKey*> for_salt(const Salt& salt);
  /// The key for new data: one that is known already, else with a random salt. Error: as above, or no random numbers.
  Result<const SealingKey*> for_new_data();
  /// Has new data sealed with `key`, one of those above.
  void prefer(const SealingKey& key) { preferred_ = &key; }

 private:
  pki::SecretBytes secret_;
  std::map<Salt, SealingKey> keys_;
  const SealingKey* preferred_ = nullptr;
};

}  // namespace tlsward::serve
