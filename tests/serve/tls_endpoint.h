// Contexts served in the test's own program: a thread shakes hands as they say.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "net/listener.h"
#include "net/loop.h"
#include "serve/tls/acceptor.h"

namespace tlsward::tests {

/// Accepts on a free port of 127.0.0.1, shakes hands and closes once the client has said something.
class TlsEndpoint {
 public:
  /// Fails the test where OpenSSL refuses the contexts.
  explicit TlsEndpoint(std::vector<serve::AcceptorContext> contexts);
  ~TlsEndpoint();
  TlsEndpoint(const TlsEndpoint&) = delete;
  TlsEndpoint& operator=(const TlsEndpoint&) = delete;

  const net::Address& address() const { return listener_->address(); }
  const std::vector<serve::Deviation>& deviations() const { return acceptor_->deviations(); }

 private:
  Task<void> accept_all();
  Task<void> serve(net::Stream stream);

  std::shared_ptr<const serve::Acceptor> acceptor_;
  net::Loop loop_;
  std::unique_ptr<net::Listener> listener_;
  std::thread thread_;
};

}  // namespace tlsward::tests
