#include "serve/certificates/pem_upload.h"

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "pki/armor.h"
#include "pki/base64.h"
#include "pki/key.h"
#include "pki/sha256.h"
#include "pki/x509.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kMaxBlocks = 1'000;
constexpr std::size_t kLineLength = 64;  // RFC 7468, 2

using Der = std::span<const unsigned char>;

void append(pki::SecretBytes& text, std::string_view part) {
  for (const char c : part) text.push_back(static_cast<unsigned char>(c));
}

/// One block as encoding/pem writes it.
pki::SecretBytes armored(std::string_view label, Der der) {
  const pki::SecretBytes base64 = pki::encode_base64(der);
  const std::size_t lines = base64.size() / kLineLength + 1;
  pki::SecretBytes text(base64.size() + lines + 2 * label.size() + 40);
  append(text, "-----BEGIN ");
  append(text, label);
  append(text, "-----\n");
  for (std::string_view rest = base64.view(); !rest.empty(); rest.remove_prefix(std::min(kLineLength, rest.size()))) {
    append(text, rest.substr(0, kLineLength));
    append(text, "\n");
  }
  append(text, "-----END ");
  append(text, label);
  append(text, "-----\n");
  return text;
}

std::string_view text_of(Der der) {
  return {reinterpret_cast<const char*>(der.data()), der.size()};
}

/// The same as Go's crypto/tls, X509KeyPair.
std::optional<Error> judge_pair(const tls::KeyFacts& certified, Der private_key) {
  const auto key = pki::read_private_key(private_key);
  const auto usable = [](tls::KeyType type) {
    return type == tls::KeyType::Rsa || type == tls::KeyType::Ec || type == tls::KeyType::Ed25519;
  };
  if (!key || key->encrypted || !usable(key->type)) return Error{"tls: failed to parse private key"};
  if (!usable(certified.type)) return Error{"tls: unknown public key algorithm"};
  if (certified.type != key->type) return Error{"tls: private key type does not match public key type"};
  if (certified.spki_sha256 != key->spki_sha256) return Error{"tls: private key does not match public key"};
  return {};
}

/// Takes up one block after the other.
class UploadReader {
 public:
  explicit UploadReader(tls::Time now) : now_(now) {}

  std::optional<Error> add(std::string_view label, pki::SecretBytes der) {
    if (label.ends_with("PRIVATE KEY")) return add_private_key(label, std::move(der));
    if (label == "CERTIFICATE") return add_certificate(der.span());
    if (label == "PUBLIC KEY") public_key_ = std::move(der);
    return {};
  }

  Result<PemUpload> finish() {
    if (certificates_.empty() && !public_key_) return Error{"Failed to decode certificate. It should be PEM encoded."};
    if (!certificates_.empty() && public_key_) return Error{"Public keys can't be combined with certificates"};
    if (certificates_.empty()) return finish_public_key();
    PemUpload upload{first_sha256_, certificates_, {}};
    if (!private_key_) return upload;
    if (auto error = judge_pair(first_key_, private_key_->span())) return *error;
    upload.key = armored(key_label_, private_key_->span());
    return upload;
  }

 private:
  std::optional<Error> add_private_key(std::string_view label, pki::SecretBytes der) {
    if (private_key_) return Error{"Found multiple private keys"};
    key_label_ = label;
    private_key_ = std::move(der);
    return {};
  }

  std::optional<Error> add_certificate(Der der) {
    const auto read = pki::read_certificate(der);
    if (!read) return Error{"x509: malformed certificate"};
    const std::string sha256 = pki::sha256_hex(text_of(der));
    if (read->facts.sha256 != sha256) return Error{"x509: trailing data"};
    if (read->facts.not_after < now_) return Error{"certificate is expired"};
    if (certificates_.empty()) {
      first_sha256_ = sha256;
      first_key_ = read->facts.key;
    }
    certificates_ += armored("CERTIFICATE", der).view();
    return {};
  }

  Result<PemUpload> finish_public_key() const {
    if (private_key_)
      return Error{
          "tls: failed to find \"CERTIFICATE\" PEM block in certificate input after skipping PEM blocks of the "
          "following "
          "types: [PUBLIC KEY]"};
    const Der der = public_key_->span();
    return PemUpload{pki::sha256_hex(text_of(der)), std::string(armored("PUBLIC KEY", der).view()), {}};
  }

  tls::Time now_;
  std::string certificates_, first_sha256_, key_label_;
  tls::KeyFacts first_key_;
  std::optional<pki::SecretBytes> private_key_, public_key_;
};

/// The bytes of a block; nullopt for one that encoding/pem does not see.
std::optional<pki::SecretBytes> bytes_of(const pki::ArmorBlock& block) {
  if (!block.broken.empty() || !block.flaws.empty() || block.folded) return {};
  const pki::ArmorBody body = pki::split_headers(block);
  auto der = pki::decode_base64(body.base64, body.base64_line);
  if (!der) return {};
  return std::move(*der);
}

}  // namespace

Result<PemUpload> read_pem_upload(std::string_view text, tls::Time now) {
  const pki::Armor armor = pki::scan_armor(text, kMaxBlocks);
  if (armor.cut) return Error{"more than 1000 PEM blocks"};
  UploadReader reader(now);
  for (const pki::ArmorBlock& block : armor.blocks) {
    auto der = bytes_of(block);
    if (!der) continue;
    if (auto error = reader.add(block.label, std::move(*der))) return *error;
  }
  return reader.finish();
}

}  // namespace tlsward::serve
