// Extensions of certificates (RFC 5280, 4.2) to facts.
#pragma once

#include <openssl/x509.h>

#include <string>
#include <vector>

#include "tls/certificate.h"

namespace tlsward::pki {

/// Fills in all of `facts` that comes from extensions. Adds a sentence to `doubts` for each extension that stands there
/// twice or cannot be read.
void add_extensions(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts);

}  // namespace tlsward::pki
