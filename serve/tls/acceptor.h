// A TlsContext as a TLS server: what the gateway's library would negotiate, done with OpenSSL.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/ssl_ptr.h"
#include "serve/tls/credentials.h"
#include "serve/tls/handshake_facts.h"
#include "tls/context.h"

namespace tlsward::serve {

/// Something that the context says and this OpenSSL cannot do.
struct Deviation {
  std::string subject;  // of the context
  std::string what;     // "cannot serve TLS_RSA_WITH_3DES_EDE_CBC_SHA: this OpenSSL has no 3DES"
};

/// One context of a port with the names that it answers to.
struct AcceptorContext {
  std::vector<std::string> names;  // as gateways::NamedContext
  tls::TlsContext context;
  std::shared_ptr<const Credentials> credentials;
};

/// Keys that protect session tickets, shared by all threads and kept over reloads, so that sessions stay resumable.
class TicketKeys;
std::shared_ptr<TicketKeys> make_ticket_keys();

/// A port's TLS. Immutable; used by many threads.
class Acceptor {
 public:
  /// Error: what OpenSSL refuses, in words.
  static Result<std::shared_ptr<const Acceptor>> make(std::vector<AcceptorContext> contexts,
                                                      std::shared_ptr<TicketKeys> tickets);
  virtual ~Acceptor() = default;
  /// A fresh server connection that writes down in `facts` what happens on it. `facts` outlives it.
  virtual Result<net::SslPtr> accept(HandshakeFacts& facts) const = 0;
  /// What no connection can have, each once.
  virtual const std::vector<Deviation>& deviations() const = 0;
};

/// Completes `facts` from a connection whose handshake has ended, well or not; `failure` is the transport's message or
/// empty.
void note_end(SSL* tls, const std::string& failure, HandshakeFacts& facts);

/// Why a handshake failed, on one line: what the client offers, what the context wants, the alert, and the key of the
/// configuration to change; behind it in brackets the words that the gateway itself would log, where it has some
/// (catalogue 3.4). `facts` of a failed handshake; `context` is the one that answered.
std::string explain(const HandshakeFacts& facts, const tls::TlsContext& context);

}  // namespace tlsward::serve
