#include "serve/plain_service.h"

#include <utility>

#include "net/transport.h"

namespace tlsward::serve {
namespace {

Task<void> serve_connection(net::Stream stream, const ServeOptions& options, ExchangeHandler handler) {
  net::Transport transport(std::move(stream));
  const auto connection = make_http1_server(transport, options.inbound, "http", std::move(handler));
  co_await connection->run();
}

}  // namespace

Task<void> serve_plain(net::Listener& listener, net::Loop& loop, const ServeOptions& options, ExchangeHandler handler) {
  for (;;) {
    auto stream = co_await listener.accept();
    if (stream) {
      loop.spawn(serve_connection(std::move(*stream), options, handler));
      continue;
    }
    if (stream.error().kind != net::Failure::Kind::Local) co_return;
    const net::Deadline later = net::Clock::now() + std::chrono::milliseconds(50);
    co_await loop.sleep_until(later);
  }
}

}  // namespace tlsward::serve
