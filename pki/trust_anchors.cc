// Reading the system's 140 roots takes 40 ms, a hundred times as long as verifying a chain takes. Distributions
// therefore keep each root in a file that is named by the hash of its subject, and OpenSSL's directory look-up reads
// only the one that a chain asks for.
#include "pki/trust_anchors.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "pki/openssl_error.h"

namespace tlsward::pki {
namespace {

/// The bundle of all public roots has 220 KB.
constexpr std::size_t kMaxFileBytes = 4 * 1024 * 1024;

using BioPtr = OpenSslPtr<BIO, BIO_free_all>;

StorePtr new_store() {
  StorePtr store(X509_STORE_new());
  // Who names an intermediate certificate as an anchor means it, as Go's pools and curl take it too.
  if (store) X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

bool has_default_directory() {
  std::error_code ignored;
  return std::filesystem::is_directory(X509_get_default_cert_dir(), ignored);
}

/// What cannot be read is passed over, as OpenSSL's own programs do: a chain is then not known.
StorePtr system_store() {
  StorePtr store = new_store();
  if (!store) return store;
  const char* file = environment(X509_get_default_cert_file_env());
  const char* directory = environment(X509_get_default_cert_dir_env());
  if (file == nullptr && directory == nullptr && !has_default_directory()) file = X509_get_default_cert_file();
  if (directory == nullptr) directory = X509_get_default_cert_dir();
  if (X509_LOOKUP* lookup = X509_STORE_add_lookup(store.get(), X509_LOOKUP_hash_dir())) {
    X509_LOOKUP_add_dir(lookup, directory, X509_FILETYPE_PEM);
  }
  X509_LOOKUP* lookup = file != nullptr ? X509_STORE_add_lookup(store.get(), X509_LOOKUP_file()) : nullptr;
  if (lookup != nullptr) X509_load_cert_file(lookup, file, X509_FILETYPE_PEM);
  drop_openssl_errors();
  return store;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{path + ": cannot be opened"};
  std::string text(kMaxFileBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) return Error{path + ": cannot be read"};
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxFileBytes) return Error{path + ": more than 4 MiB, which no file of trust anchors has"};
  if (text.empty()) return Error{path + ": empty, or no file"};
  return text;
}

bool is_end_of_pem() {
  const unsigned long code = ERR_peek_last_error();
  return ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
}

/// Adds all certificates of `text`; how many there were, or what is wrong.
Result<int> add_certificates(X509_STORE* store, const std::string& text) {
  const BioPtr in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  int count = 0;
  while (const X509Ptr certificate{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) {
    ++count;
    if (X509_STORE_add_cert(store, certificate.get()) != 1) return Error{take_openssl_error()};
  }
  if (!is_end_of_pem()) {
    return Error{"certificate " + std::to_string(count + 1) + " cannot be read (" + take_openssl_error() + ")"};
  }
  drop_openssl_errors();
  return count;
}

}  // namespace

TrustAnchors TrustAnchors::system() {
  return TrustAnchors(std::make_unique<Impl>(Impl{system_store(), "the system store"}));
}

Result<TrustAnchors> TrustAnchors::from_file(const std::string& path) {
  const Result<std::string> text = read_file(path);
  if (!text) return text.error();
  StorePtr store = new_store();
  if (!store) return Error{path + ": " + take_openssl_error()};
  const Result<int> count = add_certificates(store.get(), *text);
  if (!count) return Error{path + ": " + count.error().message};
  if (*count == 0) return Error{path + ": no certificate in PEM (BEGIN CERTIFICATE) in it"};
  return TrustAnchors(std::make_unique<Impl>(Impl{std::move(store), path}));
}

TrustAnchors TrustAnchors::none() {
  return TrustAnchors(std::make_unique<Impl>(Impl{nullptr, "no trust anchors"}));
}

TrustAnchors::TrustAnchors(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TrustAnchors::TrustAnchors(TrustAnchors&&) noexcept = default;
TrustAnchors& TrustAnchors::operator=(TrustAnchors&&) noexcept = default;
TrustAnchors::~TrustAnchors() = default;

bool TrustAnchors::empty() const {
  return impl_->store == nullptr;
}

const std::string& TrustAnchors::description() const {
  return impl_->description;
}

}  // namespace tlsward::pki
