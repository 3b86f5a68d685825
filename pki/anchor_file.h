// A file with many certificates of which few will be needed.
#pragma once

#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"

namespace tlsward::pki {

/// The certificates of a PEM file by the hash of their subject. May be used by many threads.
class AnchorFile {
 public:
  /// Reads a file of up to 4 MiB with up to 1,000 certificates. Error: it cannot be read, has none, or has one that is
  /// broken as far as its outline shows.
  static Result<AnchorFile> read(const std::string& path);
  AnchorFile(AnchorFile&&) noexcept;
  AnchorFile& operator=(AnchorFile&&) noexcept;
  ~AnchorFile();

  /// Decodes the certificates with the subject `name` and adds them to `store`, which is the same in all calls.
  void add_named(const X509_NAME* name, X509_STORE* store) const;

 private:
  struct Index;
  explicit AnchorFile(std::unique_ptr<Index> index);
  std::unique_ptr<Index> index_;
};

}  // namespace tlsward::pki
