// What a chain may be used for, as crypto/x509 judges it. Private to serve/tls/.
#pragma once

#include <openssl/x509.h>

namespace tlsward::serve {

/// True where no certificate of a verified chain, its anchor included, has an extendedKeyUsage that leaves out `usage`
/// (NID_client_auth, NID_server_auth) and anyExtendedKeyUsage (RFC 5280, 4.2.1.12). Unlike OpenSSL crypto/x509 looks
/// neither at keyUsage of the leaf nor at Netscape's types.
bool allows_usage(const STACK_OF(X509) * chain, int usage);

}  // namespace tlsward::serve
