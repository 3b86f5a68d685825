#include "tests/serve/http2_server_thread.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "net/transport.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

net::Listener listen_on_loopback(net::Loop& loop) {
  auto listener = net::Listener::open(loop, *net::parse_ip("127.0.0.1", 0), false);
  if (!listener) throw std::runtime_error(listener.error().message);
  return std::move(*listener);
}

}  // namespace

Http2ServerThread::Http2ServerThread(const serve::HttpLimits& limits, serve::ExchangeHandler handler)
    : limits_(limits), handler_(std::move(handler)), listener_(listen_on_loopback(loop_)) {
  loop_.spawn(accept_all());
  thread_ = std::thread([this] { loop_.run(); });
}

Http2ServerThread::~Http2ServerThread() {
  loop_.interrupt();
  thread_.join();
}

std::string Http2ServerThread::origin() const {
  return fmt::format("http://127.0.0.1:{}", address().port);
}

void Http2ServerThread::drain() {
  loop_.post([this] {
    for (serve::ServerConnection* connection : open_) connection->drain();
  });
}

bool Http2ServerThread::wait_for_ended(std::size_t count) const {
  const net::Deadline deadline = soon();
  while (ended_ < count) {
    if (net::Clock::now() > deadline) return false;
    std::this_thread::yield();
  }
  return true;
}

Task<void> Http2ServerThread::accept_all() {
  for (;;) {
    auto stream = co_await listener_.accept();
    if (!stream) co_return;
    loop_.spawn(serve_one(std::move(*stream)));
  }
}

Task<void> Http2ServerThread::serve_one(net::Stream stream) {
  net::Transport transport(std::move(stream));
  const serve::ExchangeHandler counted = [this](serve::ServerExchange& exchange) { return handle(exchange); };
  const auto connection = serve::make_http2_server(transport, limits_, "http", counted);
  open_.push_back(connection.get());
  co_await connection->run();
  open_.remove(connection.get());
  ++ended_;
}

Task<void> Http2ServerThread::handle(serve::ServerExchange& exchange) {
  most_handlers_ = std::max<std::size_t>(most_handlers_, ++handlers_);
  co_await handler_(exchange);
  --handlers_;
}

}  // namespace tlsward::test
