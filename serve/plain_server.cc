#include "serve/plain_server.h"

#include <pthread.h>

#include <csignal>
#include <utility>

#include "net/transport.h"

namespace tlsward::serve {
namespace {

constexpr std::chrono::milliseconds kAcceptAgain{50};

void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Result<std::unique_ptr<PlainServer>> PlainServer::start(const net::Address& address, ExchangeHandler handler) {
  std::unique_ptr<PlainServer> server(new PlainServer(std::move(handler)));
  auto listener = net::Listener::open(server->loop_, address, false);
  if (!listener) return Error{listener.error().message};
  server->listener_ = std::make_unique<net::Listener>(std::move(*listener));
  server->loop_.spawn(server->accept_all());
  server->thread_ = std::thread([&loop = server->loop_] {
    block_signals();
    loop.run();
  });
  return server;
}

PlainServer::~PlainServer() {
  loop_.interrupt();
  if (thread_.joinable()) thread_.join();
}

Task<void> PlainServer::accept_all() {
  for (;;) {
    auto stream = co_await listener_->accept();
    if (stream) {
      loop_.spawn(serve(std::move(*stream)));
      continue;
    }
    if (stream.error().kind != net::Failure::Kind::Local) co_return;
    const net::Deadline later = net::Clock::now() + kAcceptAgain;
    co_await loop_.sleep_until(later);
  }
}

Task<void> PlainServer::serve(net::Stream stream) {
  net::Transport transport(std::move(stream));
  const auto connection = make_http1_server(transport, limits_, "http", handler_);
  co_await connection->run();
}

}  // namespace tlsward::serve
