// HKDF with outputs of at most one block is one HMAC: extracting is HMAC(salt, secret), expanding HMAC(secret, label
// 01).
#include "net/key_schedule.h"

#include <openssl/hmac.h>

#include <cassert>

#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

using tls::wire::View;

constexpr std::size_t kIvSize = 12;  // of every AEAD in TLS 1.3 (RFC 8446, 5.3)

std::size_t size_of(const EVP_MD* hash) {
  return static_cast<std::size_t>(EVP_MD_get_size(hash));
}

Secret hash_of_nothing(const EVP_MD* hash) {
  Secret digest(size_of(hash));
  return EVP_Digest(nullptr, 0, digest.bytes().data(), nullptr, hash, nullptr) == 1 ? digest : Secret();
}

}  // namespace

Secret hmac(const EVP_MD* hash, View key, View message) {
  Secret out(size_of(hash));
  unsigned size = 0;
  const bool done = HMAC(hash, key.data(), static_cast<int>(key.size()), message.data(), message.size(),
                         out.bytes().data(), &size) != nullptr;
  return done && size == out.size() ? out : Secret();
}

Secret expand_label(const EVP_MD* hash, const Secret& secret, std::string_view label, View context, std::size_t size) {
  assert(size <= size_of(hash));
  tls::wire::Writer name;
  name.text("tls13 ");
  name.text(label);
  tls::wire::Writer info;
  info.u16(static_cast<std::uint16_t>(size));
  info.vector8(name.take());
  info.vector8(context);
  info.u8(1);
  const Secret block = hmac(hash, secret.view(), info.take());
  if (block.size() < size) return {};
  Secret out(size);
  std::copy_n(block.view().begin(), size, out.bytes().begin());
  return out;
}

HandshakeKeys server_handshake_keys(const EVP_MD* hash, View shared_secret, View transcript_hash,
                                    std::size_t key_size) {
  const Secret zeroes(size_of(hash));
  const Secret nothing = hash_of_nothing(hash);
  const Secret early = hmac(hash, zeroes.view(), zeroes.view());
  const Secret derived = expand_label(hash, early, "derived", nothing.view(), size_of(hash));
  const Secret handshake = hmac(hash, derived.view(), shared_secret);
  const Secret server = expand_label(hash, handshake, "s hs traffic", transcript_hash, size_of(hash));
  if (server.empty()) return {};
  return {expand_label(hash, server, "key", {}, key_size), expand_label(hash, server, "iv", {}, kIvSize),
          expand_label(hash, server, "finished", {}, size_of(hash))};
}

}  // namespace tlsward::net
