// An upstream TlsContext as a TLS client.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "net/ssl_ptr.h"
#include "serve/tls/acceptor.h"
#include "serve/tls/credentials.h"
#include "tls/context.h"

namespace tlsward::serve {

/// Immutable; used by many threads.
class Connector {
 public:
  /// Error: what OpenSSL refuses, in words.
  static Result<std::shared_ptr<const Connector>> make(const tls::TlsContext& context,
                                                       std::shared_ptr<const Credentials> credentials);
  virtual ~Connector() = default;
  /// A fresh client connection for the host (SNI unless it is an address; names are checked as the context says: SAN
  /// only, or the common name where Tyk is told so).
  virtual Result<net::SslPtr> connect(const std::string& host) const = 0;
  virtual const std::vector<Deviation>& deviations() const = 0;
  /// The protocols that it offers; without any HTTP/1.1 is spoken.
  virtual const std::vector<std::string>& alpn() const = 0;
};

/// Why the handshake failed, on one line, with the key of the configuration to change: "certificate verify failed:
/// issuer 'CN=X' is not known; trustedCA of PolicyBinding/out has to hold it". `failure` is the transport's message.
std::string explain_upstream(SSL* tls, const std::string& failure, const tls::TlsContext& context);

}  // namespace tlsward::serve
