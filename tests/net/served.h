// An OpenSSL server on a port of this machine, and a client that shakes hands with it.
#pragma once

#include <signal.h>

#include <array>
#include <functional>
#include <string>
#include <utility>

#include "net/connect.h"
#include "net/tls_client.h"
#include "pki/openssl_error.h"
#include "tests/net/peer.h"
#include "tests/net/tls_server.h"
#include "tests/pki/bundles.h"

namespace tlsward::test {

/// PEM of a certificate with its key.
inline std::string identity(const std::string& spec = "cn=leaf") {
  return tests::Files()(spec + " with-key");
}

inline Task<net::Handshake> connect_and_shake(net::Loop& loop, net::Address address, net::HandshakeOptions options,
                                              net::Deadline deadline) {
  auto stream = co_await net::connect(loop, address, deadline);
  if (!stream) co_return net::Handshake{};
  co_return co_await net::shake_hands(std::move(*stream), std::move(options), deadline);
}

/// What comes of a handshake with the server at `address`.
inline net::Handshake shake(const net::Address& address, net::HandshakeOptions options,
                            net::Deadline deadline = soon()) {
  net::Loop loop;
  return await(loop, connect_and_shake(loop, address, std::move(options), deadline));
}

/// Options for one version alone.
inline net::HandshakeOptions only(tls::Version version) {
  net::HandshakeOptions options;
  options.min_version = options.max_version = version;
  return options;
}

/// Answers one request, if it comes to that.
inline void serve_politely(SSL* ssl) {
  std::array<char, 1024> buffer{};
  if (SSL_accept(ssl) != 1) return;
  if (SSL_read(ssl, buffer.data(), buffer.size()) > 0) SSL_write(ssl, "HTTP/1.1 200 OK\r\n", 17);
  SSL_shutdown(ssl);
}

/// OpenSSL writes to sockets without asking for EPIPE alone.
inline void ignore_broken_pipes_in_this_thread() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

/// A TLS server on a port; `manner` has each connection in turn, in a thread of its own.
class Served {
 public:
  explicit Served(ServerSetup setup, std::function<void(SSL*)> manner = serve_politely)
      : tls_(std::move(setup)), server_([this, manner = std::move(manner)](PeerSocket& peer) {
          ignore_broken_pipes_in_this_thread();
          const ServerPtr ssl = tls_.connection();
          SSL_set_fd(ssl.get(), peer.fd());
          manner(ssl.get());
          pki::drop_openssl_errors();
        }) {}
  const net::Address& address() const { return server_.address(); }

 private:
  TlsServer tls_;
  Server server_;
};

}  // namespace tlsward::test
