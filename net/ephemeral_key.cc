#include "net/ephemeral_key.h"

#include <algorithm>
#include <array>
#include <utility>

#include "pki/openssl_error.h"

namespace tlsward::net {
namespace {

using tls::wire::View;
using KeyContextPtr = pki::OpenSslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

EVP_PKEY* generate(tls::Group group) {
  if (group == tls::kX25519) return EVP_PKEY_Q_keygen(nullptr, nullptr, "X25519");
  if (group == tls::kP256) return EVP_EC_gen("P-256");
  if (group == tls::kP384) return EVP_EC_gen("P-384");
  if (group == tls::kP521) return EVP_EC_gen("P-521");
  return nullptr;
}

pki::KeyPtr read_public_key(EVP_PKEY* own, View bytes) {
  pki::KeyPtr key(EVP_PKEY_new());
  const bool read = key && EVP_PKEY_copy_parameters(key.get(), own) == 1 &&
                    EVP_PKEY_set1_encoded_public_key(key.get(), bytes.data(), bytes.size()) == 1;
  return read ? std::move(key) : nullptr;
}

}  // namespace

Secret EphemeralKey::Impl::shared_secret(View peer_key) const {
  const pki::KeyPtr peer = read_public_key(key.get(), peer_key);
  const KeyContextPtr context(EVP_PKEY_CTX_new(key.get(), nullptr));
  std::size_t size = 0;
  const bool ready = peer && context && EVP_PKEY_derive_init(context.get()) == 1 &&
                     EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
                     EVP_PKEY_derive(context.get(), nullptr, &size) == 1 && size <= Secret::kMaxSize;
  Secret secret(ready ? size : 0);
  const bool derived = ready && EVP_PKEY_derive(context.get(), secret.bytes().data(), &size) == 1;
  pki::drop_openssl_errors();
  return derived ? secret : Secret();
}

EphemeralKey::EphemeralKey(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EphemeralKey::EphemeralKey(EphemeralKey&&) noexcept = default;
EphemeralKey& EphemeralKey::operator=(EphemeralKey&&) noexcept = default;
EphemeralKey::~EphemeralKey() = default;

std::optional<EphemeralKey> EphemeralKey::make(tls::Group group) {
  pki::KeyPtr key(generate(group));
  pki::drop_openssl_errors();
  if (!key) return std::nullopt;
  return EphemeralKey(std::make_unique<Impl>(Impl{group, std::move(key)}));
}

tls::wire::KeyShare EphemeralKey::share() const {
  unsigned char* raw = nullptr;
  const std::size_t size = EVP_PKEY_get1_encoded_public_key(impl_->key.get(), &raw);
  const pki::BytesPtr bytes(raw);
  pki::drop_openssl_errors();
  if (size == 0) return {impl_->group, {}};
  return {impl_->group, {raw, raw + size}};
}

}  // namespace tlsward::net
