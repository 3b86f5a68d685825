// The OpenSSL side of TrustAnchors, for pki's own .cc files.
#pragma once

#include <string>

#include "pki/openssl_ptr.h"
#include "pki/verify.h"

namespace tlsward::pki {

struct TrustAnchors::Impl {
  StorePtr store;  // null: nobody is trusted. OpenSSL locks it, as look-ups add to it
  std::string description;
};

}  // namespace tlsward::pki
