#include "serve/tls/ticket_keys.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <cstring>
#include <stdexcept>

namespace tlsward::serve {
namespace {

constexpr std::size_t kIvSize = 16;

int keys_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

template <std::size_t size>
void fill(std::array<unsigned char, size>& bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(size)) != 1) throw std::runtime_error("OpenSSL has no random bytes");
}

bool set_mac_key(EVP_MAC_CTX* mac, const std::array<unsigned char, 32>& key) {
  std::array<unsigned char, 32> copy = key;
  char digest[] = "SHA256";
  const std::array<OSSL_PARAM, 3> parameters = {
      OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, copy.data(), copy.size()),
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
  const bool set = EVP_MAC_CTX_set_params(mac, parameters.data()) == 1;
  OPENSSL_cleanse(copy.data(), copy.size());
  return set;
}

}  // namespace

TicketKeys::TicketKeys() {
  fill(name_);
  fill(encryption_);
  fill(authentication_);
}

TicketKeys::~TicketKeys() {
  OPENSSL_cleanse(encryption_.data(), encryption_.size());
  OPENSSL_cleanse(authentication_.data(), authentication_.size());
}

void TicketKeys::apply(SSL_CTX* context) const {
  SSL_CTX_set_ex_data(context, keys_index(), const_cast<TicketKeys*>(this));
  SSL_CTX_set_tlsext_ticket_key_evp_cb(context, on_ticket);
}

// 1: go on; 0: not one of ours, shake hands in full; -1: an error.
int TicketKeys::on_ticket(SSL* ssl, unsigned char* name, unsigned char* iv, EVP_CIPHER_CTX* cipher, EVP_MAC_CTX* mac,
                          int encrypt) {
  const auto* keys = static_cast<const TicketKeys*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), keys_index()));
  if (keys == nullptr) return -1;
  if (encrypt == 1) {
    std::memcpy(name, keys->name_.data(), keys->name_.size());
    if (RAND_bytes(iv, kIvSize) != 1) return -1;
    const bool ready = EVP_EncryptInit_ex2(cipher, EVP_aes_256_cbc(), keys->encryption_.data(), iv, nullptr) == 1 &&
                       set_mac_key(mac, keys->authentication_);
    return ready ? 1 : -1;
  }
  if (std::memcmp(name, keys->name_.data(), keys->name_.size()) != 0) return 0;
  const bool ready = EVP_DecryptInit_ex2(cipher, EVP_aes_256_cbc(), keys->encryption_.data(), iv, nullptr) == 1 &&
                     set_mac_key(mac, keys->authentication_);
  return ready ? 1 : -1;
}

}  // namespace tlsward::serve
