#include "serve/certificates/sealing_key.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "pki/openssl_error.h"

namespace tlsward::serve {
namespace {

constexpr std::uint64_t kN = 32'768, kR = 8, kP = 1;
constexpr std::uint64_t kMaxMemory = std::uint64_t{64} << 20;
constexpr std::size_t kKeySize = 32;
constexpr std::size_t kMaxKeys = 16;

Result<SealingKey> derive(const pki::SecretBytes& secret, const Salt& salt) {
  SealingKey made;
  made.salt = salt;
  pki::SecretBytes both(kKeySize + made.check.size());
  const auto derived = both.fill();
  const std::string_view password = secret.view();
  if (EVP_PBE_scrypt(password.data(), password.size(), salt.data(), salt.size(), kN, kR, kP, kMaxMemory, derived.data(),
                     derived.size()) != 1)
    return Error{"no key can be made from the secret: " + pki::take_openssl_error()};
  made.key = pki::SecretBytes(kKeySize);
  std::copy_n(derived.begin(), kKeySize, made.key.fill().begin());
  std::copy_n(derived.begin() + kKeySize, made.check.size(), made.check.begin());
  return made;
}

}  // namespace

Result<const SealingKey*> SealingKeys::for_salt(const Salt& salt) {
  if (const auto found = keys_.find(salt); found != keys_.end()) return &found->second;
  if (keys_.size() == kMaxKeys) return Error{"its salt is one too many"};
  auto made = derive(secret_, salt);
  if (!made) return made.error();
  return &keys_.emplace(salt, std::move(*made)).first->second;
}

Result<const SealingKey*> SealingKeys::for_new_data() {
  if (preferred_ != nullptr) return preferred_;
  Salt salt{};
  if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
    return Error{"no random numbers: " + pki::take_openssl_error()};
  auto made = derive(secret_, salt);
  if (!made) return made.error();
  preferred_ = &keys_.emplace(salt, std::move(*made)).first->second;
  return preferred_;
}

}  // namespace tlsward::serve
