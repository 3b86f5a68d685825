// Reading the system's 140 roots takes 40 ms, a hundred times as long as verifying a chain takes. Distributions
// therefore keep each root in a file that is named by the hash of its subject, and OpenSSL's directory look-up reads
// only the one that a chain asks for.
#include "pki/trust_anchors.h"

#include <cstdlib>
#include <filesystem>
#include <utility>

#include "pki/openssl_error.h"

namespace tlsward::pki {
namespace {

StorePtr new_store() {
  StorePtr store(X509_STORE_new());
  // Who names an intermediate certificate as an anchor means it, as Go's pools and curl take it too.
  if (store) X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
  return store;
}

void add_directory(X509_STORE* store, const char* directory) {
  X509_LOOKUP* lookup = X509_STORE_add_lookup(store, X509_LOOKUP_hash_dir());
  if (lookup != nullptr) X509_LOOKUP_add_dir(lookup, directory, X509_FILETYPE_PEM);
  drop_openssl_errors();
}

const char* environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : nullptr;
}

bool has_default_directory() {
  std::error_code ignored;
  return std::filesystem::is_directory(X509_get_default_cert_dir(), ignored);
}

/// The file that the system store consists of besides its directory; nullptr for none.
const char* system_file(const char* directory) {
  if (const char* file = environment(X509_get_default_cert_file_env())) return file;
  return directory == nullptr && !has_default_directory() ? X509_get_default_cert_file() : nullptr;
}

}  // namespace

void TrustAnchors::Impl::prepare(const X509* certificate) const {
  if (!file) return;
  file->add_named(X509_get_subject_name(certificate), store.get());
  file->add_named(X509_get_issuer_name(certificate), store.get());
}

TrustAnchors TrustAnchors::system() {
  auto impl = std::make_unique<Impl>(Impl{new_store(), std::nullopt, "the system store"});
  if (!impl->store) return TrustAnchors(std::move(impl));
  const char* directory = environment(X509_get_default_cert_dir_env());
  // A file that cannot be read is passed over, as OpenSSL's own programs do: its issuers are then not known.
  if (const char* path = system_file(directory)) {
    if (Result<AnchorFile> file = AnchorFile::read(path)) impl->file = std::move(*file);
  }
  add_directory(impl->store.get(), directory != nullptr ? directory : X509_get_default_cert_dir());
  return TrustAnchors(std::move(impl));
}

Result<TrustAnchors> TrustAnchors::from_file(const std::string& path) {
  Result<AnchorFile> file = AnchorFile::read(path);
  if (!file) return file.error();
  StorePtr store = new_store();
  if (!store) return Error{path + ": " + take_openssl_error()};
  return TrustAnchors(std::make_unique<Impl>(Impl{std::move(store), std::move(*file), path}));
}

TrustAnchors TrustAnchors::none() {
  return TrustAnchors(std::make_unique<Impl>(Impl{nullptr, std::nullopt, "no trust anchors"}));
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
