// The OpenSSL side of TrustAnchors, for pki's own .cc files.
#pragma once

#include <optional>
#include <string>

#include "pki/anchor_file.h"
#include "pki/openssl_ptr.h"
#include "pki/verify.h"

namespace tlsward::pki {

struct TrustAnchors::Impl {
  StorePtr store;                  // null: nobody is trusted. OpenSSL locks it, as look-ups add to it
  std::optional<AnchorFile> file;  // gets into `store` as far as chains ask for it
  std::string description;

  /// Has those in `store` that `certificate` and its issuer may be.
  void prepare(const X509* certificate) const;
};

}  // namespace tlsward::pki
