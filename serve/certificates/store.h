// The certificates of Tyk's store on the disk. In place of the gateway's Redis: one file for each, which is there whole
// or not at all, whenever the program ends.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/descriptor.h"
#include "core/result.h"
#include "net/failure.h"
#include "pki/secret_bytes.h"
#include "serve/certificates/sealed_certificate.h"
#include "serve/certificates/sealing_key.h"
#include "tls/certificate.h"

namespace tlsward::serve {

/// A certificate without its private key.
struct StoredCertificate {
  std::string id;
  std::string pem;  // certificates, leaf first, or one public key
  bool has_private_key = false;
};

/// The secret that private keys are encrypted under: `encoding` (security.private_certificate_encoding_secret) where it
/// is not empty, else `api` (secret), else one of 32 random bytes that is kept in `directory` as the file "secret" and
/// made when it is not there. Error: the file cannot be read or written.
Result<pki::SecretBytes> store_secret(const std::string& directory, std::string_view encoding, std::string_view api);

/// May be used by many threads. Reads and writes the disk while others wait.
class CertificateStore {
 public:
  /// Opens the store in `directory`, which is made with mode 0700 where it is not there; takes a tenth of a second
  /// where it is not empty (scrypt). What an interrupted write left is removed. Error: the directory cannot be used, is
  /// open to others, or is used by another process.
  static Result<std::unique_ptr<CertificateStore>> open(const std::string& directory, pki::SecretBytes secret);

  /// What `open` could not use and left as it is, one sentence each: files of others, damaged files, certificates
  /// under another secret.
  const std::vector<std::string>& problems() const { return problems_; }

  /// Adds what read_pem_upload accepts at `now`, for an organisation that may be empty, and returns the id:
  /// organisation, then SHA-256. It is on the disk when this returns. Error: the words of the gateway, or what the disk
  /// said; then the store is as it was.
  Result<std::string> add(std::string_view pem, std::string_view organisation, tls::Time now);

  /// Ids of one organisation, or all where it is empty, in the order in which they were added.
  std::vector<std::string> ids(std::string_view organisation) const;

  /// Error: there is none with this id, or its file cannot be read any more.
  Result<StoredCertificate> get(std::string_view id);
  /// Certificates with the private key behind them, in PEM. Error: as above, or there is no private key.
  Result<pki::SecretBytes> credential(std::string_view id);

  /// Removes it, if it is there, also where it could not be read. Error: what the disk said.
  Result<Nothing> remove(std::string_view id);

 private:
  using Sequence = std::uint64_t;

  CertificateStore(std::string directory, Descriptor lock, pki::SecretBytes secret)
      : directory_(std::move(directory)), lock_(std::move(lock)), keys_(std::move(secret)) {}
  void load_all();
  void load(const std::string& name);
  Result<StoreRecord> read(const std::string& id);

  const std::string directory_;
  const Descriptor lock_;
  mutable std::mutex mutex_;  // for all below
  SealingKeys keys_;
  std::vector<std::string> problems_;
  std::map<std::string, Sequence, std::less<>> entries_;      // by id
  std::map<std::string, std::string, std::less<>> unusable_;  // by id: why its file is not used
  Sequence next_ = 1;
};

}  // namespace tlsward::serve
