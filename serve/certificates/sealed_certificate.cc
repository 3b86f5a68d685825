#include "serve/certificates/sealed_certificate.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

#include "core/percent.h"
#include "pki/base64.h"
#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"

namespace tlsward::serve {
namespace {

using CipherPtr = pki::OpenSslPtr<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using Bytes = std::span<const unsigned char>;

constexpr std::string_view kFirstLine = "tlsward certificate 1\n";
constexpr std::string_view kSealed = "\nsealed ";
constexpr std::size_t kTagSize = 16;
using Nonce = std::array<unsigned char, 12>;

/// The lines in front of the certificates.
struct Head {
  std::string id;
  std::uint64_t sequence = 0;
  Salt salt{};
  std::array<unsigned char, 16> check{};
  Nonce nonce{};
};

std::string base64(Bytes bytes) {
  return std::string(pki::encode_base64(bytes).view());
}

Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

std::string head_text(const Head& head) {
  return fmt::format("{}id {}\nsequence {}\nsalt {}\ncheck {}\nnonce {}\n", kFirstLine, percent_encode(head.id),
                     head.sequence, base64(head.salt), base64(head.check), base64(head.nonce));
}

/// Takes "name value\n" off the front of `text`.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view name) {
  if (!text.starts_with(name) || !text.substr(name.size()).starts_with(' ')) return {};
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return {};
  const std::string_view value = text.substr(name.size() + 1, end - name.size() - 1);
  text.remove_prefix(end + 1);
  return value;
}

template <std::size_t size>
bool take_bytes(std::string_view& text, std::string_view name, std::array<unsigned char, size>& bytes) {
  const auto value = take_line(text, name);
  if (!value) return false;
  const auto decoded = pki::decode_base64(*value, 1);
  if (!decoded || decoded->size() != size) return false;
  std::copy_n(decoded->span().begin(), size, bytes.begin());
  return true;
}

bool take_number(std::string_view& text, std::string_view name, std::uint64_t& number) {
  const auto value = take_line(text, name);
  if (!value) return false;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  return error == std::errc() && end == value->data() + value->size();
}

/// Takes the head off the front of `text`.
std::optional<Head> take_head(std::string_view& text) {
  if (!text.starts_with(kFirstLine)) return {};
  text.remove_prefix(kFirstLine.size());
  Head head;
  const auto id = take_line(text, "id");
  const auto decoded = id ? percent_decode(*id) : std::nullopt;
  if (!decoded) return {};
  head.id = *decoded;
  const bool read = take_number(text, "sequence", head.sequence) && take_bytes(text, "salt", head.salt) &&
                    take_bytes(text, "check", head.check) && take_bytes(text, "nonce", head.nonce);
  if (!read) return {};
  return head;
}

int size_of(Bytes bytes) {
  return static_cast<int>(bytes.size());
}

/// Ciphertext with the tag behind it.
Result<pki::SecretBytes> encrypt(Bytes plain, Bytes authenticated, const Nonce& nonce, const SealingKey& key) {
  const CipherPtr cipher(EVP_CIPHER_CTX_new());
  pki::SecretBytes out(plain.size() + kTagSize);
  const auto room = out.fill();
  int size = 0;
  const bool encrypted =
      cipher &&
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.key.span().data(), nonce.data()) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, authenticated.data(), size_of(authenticated)) == 1 &&
      (plain.empty() || EVP_EncryptUpdate(cipher.get(), room.data(), &size, plain.data(), size_of(plain)) == 1) &&
      EVP_EncryptFinal_ex(cipher.get(), room.data() + plain.size(), &size) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, room.data() + plain.size()) == 1;
  if (!encrypted) return Error{"cannot encrypt: " + pki::take_openssl_error()};
  return out;
}

/// Nullopt where the tag does not fit.
std::optional<pki::SecretBytes> decrypt(Bytes sealed, Bytes authenticated, const Nonce& nonce, const SealingKey& key) {
  if (sealed.size() < kTagSize) return {};
  const Bytes encrypted = sealed.first(sealed.size() - kTagSize);
  std::array<unsigned char, kTagSize> tag{};
  std::copy_n(sealed.end() - kTagSize, kTagSize, tag.begin());
  const CipherPtr cipher(EVP_CIPHER_CTX_new());
  pki::SecretBytes out(encrypted.size());
  const auto room = out.fill();
  std::array<unsigned char, kTagSize> nothing{};
  int size = 0;
  const bool decrypted =
      cipher &&
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, key.key.span().data(), nonce.data()) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, authenticated.data(), size_of(authenticated)) == 1 &&
      (encrypted.empty() ||
       EVP_DecryptUpdate(cipher.get(), room.data(), &size, encrypted.data(), size_of(encrypted)) == 1) &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), nothing.data(), &size) == 1;
  pki::drop_openssl_errors();
  if (!decrypted) return {};
  return out;
}

Error changed() {
  return Error{"was changed or cut short"};
}

}  // namespace

Result<std::string> seal(const StoreRecord& record, const SealingKey& key) {
  Head head{record.id, record.sequence, key.salt, key.check, {}};
  if (RAND_bytes(head.nonce.data(), static_cast<int>(head.nonce.size())) != 1)
    return Error{"no random numbers: " + pki::take_openssl_error()};
  std::string text = head_text(head) + record.pem;
  if (!text.ends_with('\n')) text += '\n';
  auto sealed = encrypt(record.key.span(), bytes_of(text), head.nonce, key);
  if (!sealed) return sealed.error();
  return text + std::string(kSealed.substr(1)) + base64(sealed->span()) + "\n";
}

Result<StoreRecord> unseal(std::string_view text, std::string_view id, SealingKeys& keys) {
  if (!text.starts_with(kFirstLine)) return Error{"is no file of the certificate store"};
  const std::size_t end = text.rfind(kSealed);
  if (end == std::string_view::npos || !text.ends_with('\n')) return changed();
  const std::string_view authenticated = text.substr(0, end + 1);
  std::string_view rest = authenticated;
  const auto head = take_head(rest);
  const auto sealed = pki::decode_base64(text.substr(end + kSealed.size()), 1);
  if (!head || !sealed) return changed();
  const auto key = keys.for_salt(head->salt);
  if (!key) return key.error();
  if (head->check != (*key)->check) return Error{"is sealed under another secret"};
  auto plain = decrypt(sealed->span(), bytes_of(authenticated), head->nonce, **key);
  if (!plain) return changed();
  keys.prefer(**key);
  if (head->id != id) return Error{fmt::format("is the file of '{}'", head->id)};
  return StoreRecord{head->id, head->sequence, std::string(rest), std::move(*plain)};
}

}  // namespace tlsward::serve
