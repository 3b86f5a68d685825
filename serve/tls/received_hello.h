// A ClientHello out of OpenSSL's hands. Private to serve/tls/.
#pragma once

#include <openssl/ssl.h>

#include "tls/wire/client_hello.h"

namespace tlsward::serve {

/// What the client has sent; while the client hello callback runs. Of a hello in the shape of SSL 2.0 the suites that
/// later versions have.
tls::wire::ClientHello received_hello(SSL* ssl);

}  // namespace tlsward::serve
