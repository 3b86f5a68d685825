// An upstream TlsContext as a TLS client.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/ssl_ptr.h"
#include "serve/tls/acceptor.h"
#include "serve/tls/credentials.h"
#include "tls/context.h"

namespace tlsward::serve {

/// Immutable; used by many threads. Outlives its connections.
class Connector {
 public:
  /// Error: what OpenSSL refuses, or that nothing is left to be offered, in words.
  static Result<std::shared_ptr<const Connector>> make(const tls::TlsContext& context,
                                                       std::shared_ptr<const Credentials> credentials);
  virtual ~Connector() = default;
  /// A fresh client connection to the host: its name goes into SNI unless it is an address, and is looked for in the
  /// certificate as the context says (subjectAltName alone, or the common name where Tyk is told so). Error: OpenSSL
  /// has no memory.
  virtual Result<net::SslPtr> connect(const std::string& host) const = 0;
  virtual const std::vector<Deviation>& deviations() const = 0;
};

/// Why a handshake with an upstream failed, on one line, with the key of the configuration to change. `failure` is the
/// transport's message, `tls` the connection; null: there was none.
std::string explain_upstream(SSL* tls, const std::string& failure, const tls::TlsContext& context);

}  // namespace tlsward::serve
