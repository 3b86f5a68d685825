// A TlsContext as a TLS server: what the gateway's library would negotiate, done with OpenSSL.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/ssl_ptr.h"
#include "serve/tls/credentials.h"
#include "serve/tls/handshake_facts.h"
#include "serve/tls/ticket_keys.h"
#include "tls/context.h"

namespace tlsward::serve {

/// Something that the context says and this OpenSSL cannot do.
struct Deviation {
  std::string subject;  // of the context
  std::string what;     // "cannot use TLS_RSA_WITH_3DES_EDE_CBC_SHA: this OpenSSL does not have it"
};

/// One context of a port with the server names that it answers to.
struct AcceptorContext {
  std::vector<std::string> names;  // as gateways::NamedContext
  tls::TlsContext context;
  std::shared_ptr<const Credentials> credentials;
};

/// A port's TLS. Immutable; used by many threads. Outlives its connections.
class Acceptor {
 public:
  /// The first context without names answers to unknown names; without one, the first. Error: what OpenSSL refuses, in
  /// words.
  static Result<std::shared_ptr<const Acceptor>> make(std::vector<AcceptorContext> contexts,
                                                      std::shared_ptr<const TicketKeys> tickets);
  virtual ~Acceptor() = default;
  /// A fresh server connection that writes down in `facts` what happens on it. `facts` outlives it. Error: OpenSSL has
  /// no memory.
  virtual Result<net::SslPtr> accept(HandshakeFacts& facts) const = 0;
  /// What no connection can have, each once.
  virtual const std::vector<Deviation>& deviations() const = 0;
};

/// Completes `facts` from a connection whose handshake has ended, well or not; `failure` is the transport's message,
/// empty where it is finished.
void note_end(SSL* tls, const std::string& failure, HandshakeFacts& facts);

}  // namespace tlsward::serve
