// Owning pointers for libssl objects. For .cc files and headers that no rule includes.
#pragma once

#include <openssl/ssl.h>

#include "pki/openssl_ptr.h"

namespace tlsward::net {

using SslContextPtr = pki::OpenSslPtr<SSL_CTX, SSL_CTX_free>;
using SslPtr = pki::OpenSslPtr<SSL, SSL_free>;
using SslSessionPtr = pki::OpenSslPtr<SSL_SESSION, SSL_SESSION_free>;

}  // namespace tlsward::net
