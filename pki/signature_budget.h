// How much time signatures of strangers may take.
#pragma once

#include <openssl/evp.h>

namespace tlsward::pki {

/// RSA numbers beyond these check no signature here: each would take OpenSSL longer than a handshake, or it refuses
/// them itself.
inline constexpr int kMaxRsaBits = 16'384;
inline constexpr int kMaxRsaExponentBits = 64;

/// Whether a signature by `key` is checked at all: keys of every kind but RSA beyond the bounds above.
bool may_check_signatures_of(const EVP_PKEY* key);

/// Spent by one signature after the other. Enough for 200 signatures by keys of up to 4,096 bits, more than the roots
/// of any public trust store; one by a longer key counts for as many as it takes the time of, 16 where it has 16,384.
class SignatureBudget {
 public:
  /// True where a signature by `key` may be checked, and paid for.
  bool spend(const EVP_PKEY* key);

 private:
  int left_ = 200;
};

}  // namespace tlsward::pki
