#include "serve/tls/credentials.h"

#include <fmt/format.h>
#include <openssl/pem.h>

#include <utility>

#include "pki/openssl_error.h"

namespace tlsward::serve {
namespace {

using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;
using CertificatePtr = pki::OpenSslPtr<X509, X509_free>;

/// "tls.keys[0].public_key (/etc/krakend/orders.pem)".
std::string place_of(const tls::Material& material) {
  const std::string& file = material.file.empty() ? material.written : material.file;
  return file.empty() ? material.field : fmt::format("{} ({})", material.field, file);
}

BioPtr reader_of(const std::string& text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

int no_passphrase(char*, int, int, void*) {
  return -1;
}

std::vector<CertificatePtr> read_certificates(const std::string& text) {
  std::vector<CertificatePtr> certificates;
  const BioPtr reader = reader_of(text);
  while (X509* certificate = PEM_read_bio_X509(reader.get(), nullptr, no_passphrase, nullptr))
    certificates.emplace_back(certificate);
  pki::drop_openssl_errors();
  return certificates;
}

pki::KeyPtr read_key(const std::string& text) {
  const BioPtr reader = reader_of(text);
  pki::KeyPtr key(PEM_read_bio_PrivateKey(reader.get(), nullptr, no_passphrase, nullptr));
  pki::drop_openssl_errors();
  return key;
}

bool is_encrypted(const std::string& text) {
  return text.find("ENCRYPTED") != std::string::npos;
}

struct KeyText {
  std::string text, place;
};

Result<KeyText> key_text(const tls::TlsContext& context, const tls::Identity& identity, const MaterialSource& source) {
  if (identity.key == tls::kNoMaterial)
    return Error{fmt::format("{} has no private key", place_of(context.material[identity.certificate]))};
  const tls::Material& material = context.material[identity.key];
  auto text = source.text(material, context.role);
  if (!text) return text.error();
  return KeyText{std::move(*text), place_of(material)};
}

Result<std::shared_ptr<const Credential>> load(const tls::TlsContext& context, const tls::Identity& identity,
                                               const MaterialSource& source) {
  if (identity.certificate == tls::kNoMaterial) return Error{"a private key has no certificate beside it"};
  const tls::Material& material = context.material[identity.certificate];
  auto text = source.text(material, context.role);
  if (!text) return text.error();
  auto credential = std::make_shared<Credential>();
  credential->origin = place_of(material);
  std::vector<CertificatePtr> certificates = read_certificates(*text);
  if (certificates.empty()) return Error{fmt::format("{} holds no certificate in PEM", credential->origin)};
  credential->leaf = std::move(certificates.front());
  for (std::size_t i = 1; i < certificates.size(); ++i) credential->chain.push_back(std::move(certificates[i]));
  auto key = key_text(context, identity, source);
  if (!key) return key.error();
  credential->key = read_key(key->text);
  const bool encrypted = !credential->key && is_encrypted(key->text);
  OPENSSL_cleanse(key->text.data(), key->text.size());
  if (encrypted)
    return Error{fmt::format("the private key in {} is encrypted: it has to stand there unencrypted", key->place)};
  if (!credential->key) return Error{fmt::format("{} holds no private key in PEM", key->place)};
  if (X509_check_private_key(credential->leaf.get(), credential->key.get()) != 1) {
    pki::drop_openssl_errors();
    return Error{
        fmt::format("the private key in {} is not that of the certificate in {}", key->place, credential->origin)};
  }
  return std::shared_ptr<const Credential>(std::move(credential));
}

}  // namespace

Result<Credentials> load_credentials(const tls::TlsContext& context, const MaterialSource& source) {
  Credentials credentials;
  for (const tls::Identity& identity : context.identities) {
    auto loaded = load(context, identity, source);
    if (!loaded) return loaded.error();
    credentials.identities.push_back(std::move(*loaded));
  }
  for (const tls::TrustSource& trusted : context.trust) {
    if (trusted.kind == tls::TrustKind::System) credentials.system_anchors = true;
    if (trusted.kind != tls::TrustKind::Material) continue;
    const tls::Material& material = context.material[trusted.material];
    auto text = source.text(material, context.role);
    if (!text) return text.error();
    std::vector<CertificatePtr> anchors = read_certificates(*text);
    if (anchors.empty()) return Error{fmt::format("{} holds no certificate in PEM", place_of(material))};
    for (CertificatePtr& anchor : anchors) credentials.anchors.push_back({std::move(anchor), trusted.material});
  }
  return credentials;
}

}  // namespace tlsward::serve
