// One context with one of its certificates as an SSL_CTX. Private to serve/tls/.
#pragma once

#include <memory>
#include <vector>

#include "core/result.h"
#include "net/ssl_ptr.h"
#include "serve/tls/credentials.h"
#include "serve/tls/negotiation.h"
#include "serve/tls/ticket_keys.h"
#include "tls/certificate.h"
#include "tls/context.h"

namespace tlsward::serve {

/// A certificate that is served.
struct ServedIdentity {
  net::SslContextPtr ssl;
  tls::CertificateFacts certificate;
};

/// A context as it is served. Stays where it is: the SSL_CTXs point to it.
struct ServedContext {
  std::vector<std::string> names;
  tls::TlsContext context;  // as far as OpenSSL can do it
  LibraryBehaviour behaviour;
  std::shared_ptr<const Credentials> credentials;
  std::vector<ServedIdentity> identities;  // at least one

  bool verifies_clients() const;
};
/// The context that a connection was moved to.
const ServedContext& served_by(const SSL* ssl);

/// Fills in `served.identities` from the rest. Error: what OpenSSL refuses, or that there is no certificate.
Result<net::SslContextPtr> make_server_context(const ServedContext& served, const Credential& credential,
                                               const TicketKeys& tickets);
/// Puts what belongs to a context rather than to its SSL_CTX on a connection that was moved to it.
void adopt_context(const ServedContext& served, SSL* ssl);

}  // namespace tlsward::serve
