#include "net/client_identity.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>

#include "pki/encoding.h"
#include "pki/openssl_error.h"
#include "pki/secret_bytes.h"

namespace tlsward::net {
namespace {

using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;
using Pkcs12Ptr = pki::OpenSslPtr<PKCS12, PKCS12_free>;

constexpr std::size_t kMaxFileBytes = 1024 * 1024;
constexpr int kMaxChain = 32;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

/// What a file holds, wiped when it goes, with no copy left in a buffer.
Result<pki::SecretBytes> read_file(const std::string& path) {
  const std::unique_ptr<std::FILE, FileCloser> file(std::fopen(path.c_str(), "rb"));
  if (!file) return Error{path + ": cannot be opened"};
  std::setvbuf(file.get(), nullptr, _IONBF, 0);
  pki::SecretBytes bytes(kMaxFileBytes + 1);
  std::array<unsigned char, 4096> piece{};
  while (bytes.size() <= kMaxFileBytes) {
    const std::size_t size = std::fread(piece.data(), 1, piece.size(), file.get());
    std::for_each_n(piece.begin(), size, [&](unsigned char byte) { bytes.push_back(byte); });
    if (size < piece.size()) break;
  }
  OPENSSL_cleanse(piece.data(), piece.size());
  if (std::ferror(file.get()) != 0) return Error{path + ": cannot be read"};
  if (bytes.size() > kMaxFileBytes) return Error{path + ": more than 1 MiB, which no certificate or key has"};
  if (bytes.empty()) return Error{path + ": empty"};
  return bytes;
}

std::string_view text_of(const pki::SecretBytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.span().data()), bytes.size()};
}

BioPtr reader_of(const pki::SecretBytes& bytes) {
  return BioPtr(BIO_new_mem_buf(bytes.span().data(), static_cast<int>(bytes.size())));
}

/// Whether OpenSSL asked for a passphrase, and what it is told.
struct Passphrase {
  const std::string& text;
  bool asked = false;
};

int tell_passphrase(char* out, int size, int, void* argument) {
  auto& passphrase = *static_cast<Passphrase*>(argument);
  passphrase.asked = true;
  const std::size_t length = passphrase.text.size();
  if (length == 0 || length > static_cast<std::size_t>(size)) return -1;
  std::memcpy(out, passphrase.text.data(), length);
  return static_cast<int>(length);
}

Result<pki::KeyPtr> read_key(const std::string& path, const pki::SecretBytes& bytes, const std::string& passphrase) {
  Passphrase told{passphrase};
  pki::KeyPtr key(PEM_read_bio_PrivateKey(reader_of(bytes).get(), nullptr, tell_passphrase, &told));
  const std::string reason = pki::take_openssl_error();
  if (key) return key;
  if (told.asked && passphrase.empty()) return Error{path + ": the key is encrypted and no passphrase was given"};
  if (told.asked) return Error{path + ": the passphrase does not open the key"};
  if (text_of(bytes).find("PRIVATE KEY-----") == std::string_view::npos) {
    return Error{path + ": no private key in PEM (BEGIN PRIVATE KEY) in it"};
  }
  return Error{path + ": the private key cannot be read (" + reason + ")"};
}

struct Certificates {
  pki::X509Ptr leaf;
  pki::OwnedCertificatesPtr chain;
};

Result<Certificates> read_certificates(const std::string& path, const pki::SecretBytes& bytes) {
  const BioPtr in = reader_of(bytes);
  Certificates read{pki::X509Ptr(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)),
                    pki::OwnedCertificatesPtr(sk_X509_new_null())};
  const std::string reason = pki::take_openssl_error();
  if (!read.leaf) {
    if (text_of(bytes).find("BEGIN CERTIFICATE") == std::string_view::npos) {
      return Error{path + ": neither a certificate in PEM (BEGIN CERTIFICATE) nor PKCS#12"};
    }
    return Error{path + ": the certificate cannot be read (" + reason + ")"};
  }
  while (sk_X509_num(read.chain.get()) < kMaxChain) {
    pki::X509Ptr next(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!next) break;
    if (sk_X509_push(read.chain.get(), next.get()) > 0) next.release();
  }
  pki::drop_openssl_errors();
  return read;
}

Result<std::shared_ptr<const ClientIdentity>> make_identity(const std::string& path, const std::string& key_path,
                                                            Certificates certificates, pki::KeyPtr key) {
  if (X509_check_private_key(certificates.leaf.get(), key.get()) != 1) {
    pki::drop_openssl_errors();
    return Error{key_path == path ? path + ": its key is not the one of its certificate"
                                  : key_path + ": the key is not the one of the certificate in " + path};
  }
  return std::make_shared<const ClientIdentity>(std::move(certificates.leaf), std::move(key),
                                                std::move(certificates.chain));
}

Error pkcs12_error(const std::string& path, const std::string& passphrase) {
  const unsigned long code = ERR_peek_last_error();
  const bool wrong = ERR_GET_LIB(code) == ERR_LIB_PKCS12 && ERR_GET_REASON(code) == PKCS12_R_MAC_VERIFY_FAILURE;
  const std::string reason = pki::take_openssl_error();
  if (!wrong) return Error{path + ": PKCS#12 that this OpenSSL cannot open (" + reason + ")"};
  return Error{path + (passphrase.empty() ? ": PKCS#12 needs a passphrase and none was given"
                                          : ": the passphrase does not open this PKCS#12")};
}

Result<std::shared_ptr<const ClientIdentity>> read_pkcs12(const std::string& path, const pki::SecretBytes& bytes,
                                                          const std::string& passphrase) {
  const unsigned char* at = bytes.span().data();
  const Pkcs12Ptr store(d2i_PKCS12(nullptr, &at, static_cast<long>(bytes.size())));
  if (!store) return Error{path + ": PKCS#12 cannot be read (" + pki::take_openssl_error() + ")"};
  X509* leaf = nullptr;
  EVP_PKEY* key = nullptr;
  STACK_OF(X509)* chain = nullptr;
  const bool opened = PKCS12_parse(store.get(), passphrase.c_str(), &key, &leaf, &chain) == 1;
  Certificates certificates{pki::X509Ptr(leaf), pki::OwnedCertificatesPtr(chain)};
  pki::KeyPtr owned_key(key);
  if (!opened) return pkcs12_error(path, passphrase);
  pki::drop_openssl_errors();
  if (!certificates.leaf || !owned_key) return Error{path + ": PKCS#12 without a certificate and its private key"};
  return make_identity(path, path, std::move(certificates), std::move(owned_key));
}

}  // namespace

Result<std::shared_ptr<const ClientIdentity>> read_client_identity(const std::string& certificate_file,
                                                                   const std::string& key_file,
                                                                   const std::string& passphrase) {
  const Result<pki::SecretBytes> bytes = read_file(certificate_file);
  if (!bytes) return bytes.error();
  if (pki::binary_encoding(text_of(*bytes), certificate_file) == tls::Encoding::Pkcs12) {
    return read_pkcs12(certificate_file, *bytes, passphrase);
  }
  Result<Certificates> certificates = read_certificates(certificate_file, *bytes);
  if (!certificates) return certificates.error();
  const std::string& key_path = key_file.empty() ? certificate_file : key_file;
  const Result<pki::SecretBytes> key_bytes = read_file(key_path);
  if (!key_bytes) return key_bytes.error();
  Result<pki::KeyPtr> key = read_key(key_path, *key_bytes, passphrase);
  if (!key) return key.error();
  return make_identity(certificate_file, key_path, std::move(*certificates), std::move(*key));
}

}  // namespace tlsward::net
