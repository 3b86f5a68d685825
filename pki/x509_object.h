// Certificates as OpenSSL's objects, for pki's own .cc files. Decoding one costs OpenSSL 0.2 ms, so it is done once.
#pragma once

#include <span>

#include "core/result.h"
#include "pki/openssl_ptr.h"
#include "pki/signature_budget.h"
#include "pki/x509.h"

namespace tlsward::pki {

struct DecodedCertificate {
  X509Ptr x509;
  std::size_t size = 0;  // bytes that it takes in what it was decoded from
};
/// The certificate at the front of `der`. Error where there is none.
Result<DecodedCertificate> decode_certificate(std::span<const unsigned char> der);

/// All facts of `certificate`, which was decoded from `der`. Otherwise as the functions of x509.h.
Result<ReadCertificate> read_certificate(const DecodedCertificate& certificate, std::span<const unsigned char> der,
                                         SignatureBudget& budget);

}  // namespace tlsward::pki
