// SignedCertificateTimestamps in extensions, for pki's own .cc files.
#pragma once

#include <openssl/x509.h>

namespace tlsward::pki {

/// Number of timestamps in the list that `extension` holds as an OCTET STRING within its own (RFC 6962, 3.3); 0 for a
/// null pointer and where it is malformed.
int count_scts(X509_EXTENSION* extension);

}  // namespace tlsward::pki
