// The insides of TlsSession. Private to net/.
#pragma once

#include "net/ssl_ptr.h"
#include "net/tls_client.h"

namespace tlsward::net {

class TlsSession {
 public:
  explicit TlsSession(SslSessionPtr its_session) : session(std::move(its_session)) {}
  const SslSessionPtr session;
};

}  // namespace tlsward::net
