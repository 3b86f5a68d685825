#include "tests/serve/tls_endpoint.h"

#include <array>
#include <utility>

#include "net/transport.h"
#include "tests/catch.h"

namespace tlsward::tests {
namespace {

net::Deadline in_seconds(int seconds) {
  return net::Clock::now() + std::chrono::seconds(seconds);
}

}  // namespace

TlsEndpoint::TlsEndpoint(std::vector<serve::AcceptorContext> contexts) {
  auto acceptor = serve::Acceptor::make(std::move(contexts), std::make_shared<serve::TicketKeys>());
  INFO((acceptor ? std::string() : acceptor.error().message));
  REQUIRE(acceptor);
  acceptor_ = *acceptor;
  auto listener = net::Listener::open(loop_, *net::parse_ip("127.0.0.1", 0), false);
  REQUIRE(listener);
  listener_ = std::make_unique<net::Listener>(std::move(*listener));
  loop_.spawn(accept_all());
  thread_ = std::thread([this] { loop_.run(); });
}

TlsEndpoint::~TlsEndpoint() {
  loop_.interrupt();
  if (thread_.joinable()) thread_.join();
}

Task<void> TlsEndpoint::accept_all() {
  for (;;) {
    auto stream = co_await listener_->accept();
    if (!stream) co_return;
    loop_.spawn(serve(std::move(*stream)));
  }
}

Task<void> TlsEndpoint::serve(net::Stream stream) {
  serve::HandshakeFacts facts;
  auto tls = acceptor_->accept(facts);
  if (!tls) co_return;
  net::Transport transport(std::move(stream), std::move(*tls));
  const net::Deadline deadline = in_seconds(10);
  auto shaken = co_await transport.handshake(deadline);
  if (shaken) {
    std::array<std::uint8_t, 1024> buffer;
    auto got = co_await transport.read_some(buffer, deadline);
  }
  co_await transport.close_gracefully(deadline);
}

}  // namespace tlsward::tests
