// Certificates to facts.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "pki/signature_budget.h"
#include "tls/certificate.h"

namespace tlsward::pki {

/// A certificate that could be read, and the parts of it that could not.
struct ReadCertificate {
  tls::CertificateFacts facts;
  std::vector<std::string> doubts;  // "subjectAltName cannot be read", "2 bytes follow the certificate"
};

/// All facts of one certificate in DER (RFC 5280). Error where it is none, or its dates are no dates. Whether it signed
/// itself is checked as long as `budget` lasts and told by names and key identifiers (names_issuer) beyond that.
Result<ReadCertificate> read_certificate(std::span<const unsigned char> der, SignatureBudget& budget);
/// The same for a certificate alone.
Result<ReadCertificate> read_certificate(std::span<const unsigned char> der);

}  // namespace tlsward::pki
