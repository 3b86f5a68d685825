// Certificates to facts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::pki {

/// A certificate that could be read, and the parts of it that could not.
struct ReadCertificate {
  tls::CertificateFacts facts;
  std::vector<std::string> doubts;  // "subjectAltName cannot be read", "2 bytes follow the certificate"
};

/// All facts of one certificate in DER (RFC 5280). Error where it is none, or its dates are no dates.
Result<ReadCertificate> read_certificate(std::span<const unsigned char> der);

}  // namespace tlsward::pki
