#include "net/record_cipher.h"

#include <algorithm>
#include <array>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"

namespace tlsward::net {
namespace {

using tls::wire::Bytes;
using tls::wire::View;
using CipherContextPtr = pki::OpenSslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

// RFC 8446, B.4.
constexpr std::array<RecordProtection, 5> kProtections = {{
    {{0x1301}, EVP_aes_128_gcm, EVP_sha256, 16, 16, false},
    {{0x1302}, EVP_aes_256_gcm, EVP_sha384, 32, 16, false},
    {{0x1303}, EVP_chacha20_poly1305, EVP_sha256, 32, 16, false},
    {{0x1304}, EVP_aes_128_ccm, EVP_sha256, 16, 16, true},
    {{0x1305}, EVP_aes_128_ccm, EVP_sha256, 16, 8, true},
}};

bool set_up(EVP_CIPHER_CTX* context, const RecordProtection& protection, const Secret& key, const Secret& nonce,
            View tag) {
  // OpenSSL wants it all in this order; CCM, which works in one piece, wants its tag before the key.
  return EVP_DecryptInit_ex(context, protection.cipher(), nullptr, nullptr, nullptr) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, static_cast<int>(nonce.size()), nullptr) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag.size()),
                             const_cast<std::uint8_t*>(tag.data())) == 1 &&
         EVP_DecryptInit_ex(context, nullptr, nullptr, key.view().data(), nonce.view().data()) == 1;
}

/// `out` has the size of `content`.
bool decrypt(EVP_CIPHER_CTX* context, const RecordProtection& protection, View header, View content, Bytes& out) {
  const int size = static_cast<int>(content.size());
  int done = 0;
  if (protection.ccm && EVP_DecryptUpdate(context, nullptr, &done, nullptr, size) != 1) return false;
  if (EVP_DecryptUpdate(context, nullptr, &done, header.data(), static_cast<int>(header.size())) != 1) return false;
  if (EVP_DecryptUpdate(context, out.data(), &done, content.data(), size) != 1 || done != size) return false;
  return protection.ccm || EVP_DecryptFinal_ex(context, out.data() + done, &done) == 1;
}

}  // namespace

const RecordProtection* find_record_protection(tls::CipherSuite suite) {
  const auto* found = std::find_if(kProtections.begin(), kProtections.end(),
                                   [&](const RecordProtection& row) { return row.suite == suite; });
  return found == kProtections.end() ? nullptr : found;
}

std::optional<Bytes> RecordCipher::open(View header, View ciphertext) {
  if (ciphertext.size() <= protection_->tag_size) return std::nullopt;
  const View content = ciphertext.first(ciphertext.size() - protection_->tag_size);
  const View tag = ciphertext.last(protection_->tag_size);
  const CipherContextPtr context(EVP_CIPHER_CTX_new());
  Bytes out(content.size());
  const bool opened = context && set_up(context.get(), *protection_, key_, nonce(), tag) &&
                      decrypt(context.get(), *protection_, header, content, out);
  pki::drop_openssl_errors();
  ++sequence_;
  if (!opened) return std::nullopt;
  return out;
}

/// RFC 8446, 5.3: the IV, with the number of the record added to its end bit by bit.
Secret RecordCipher::nonce() const {
  Secret nonce = iv_;
  std::uint64_t number = sequence_;
  for (std::size_t i = nonce.size(); i > 0 && number != 0; --i, number >>= 8) {
    nonce.bytes()[i - 1] ^= static_cast<std::uint8_t>(number);
  }
  return nonce;
}

}  // namespace tlsward::net
