// HandshakeOptions as OpenSSL wants to hear them. Private to net/.
#pragma once

#include <openssl/ssl.h>

#include "core/result.h"
#include "net/failure.h"
#include "net/tls_client.h"

namespace tlsward::net {

/// Applies versions, suites, groups, signatures, names and the rest to a fresh connection. Of lists, what this OpenSSL
/// lacks is left out. Error: why nothing is left to be asked, or what is no option.
Result<Nothing> apply(const HandshakeOptions& options, SSL* ssl);

}  // namespace tlsward::net
