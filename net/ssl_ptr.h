// Owning pointers for the libssl objects of net/. Private to net/.
#pragma once

#include <openssl/ssl.h>

#include "pki/openssl_ptr.h"

namespace tlsward::net {

using SslContextPtr = pki::OpenSslPtr<SSL_CTX, SSL_CTX_free>;
using SslPtr = pki::OpenSslPtr<SSL, SSL_free>;
using SslSessionPtr = pki::OpenSslPtr<SSL_SESSION, SSL_SESSION_free>;

}  // namespace tlsward::net
