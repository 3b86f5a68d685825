#include "tests/serve/http2_loopback.h"

#include <span>
#include <stdexcept>
#include <utility>

#include "net/connect.h"
#include "net/transport.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

net::Listener listen_on_loopback(net::Loop& loop) {
  auto listener = net::Listener::open(loop, *net::parse_ip("127.0.0.1", 0), false);
  if (!listener) throw std::runtime_error(listener.error().message);
  return std::move(*listener);
}

Task<void> send_body(serve::ClientExchange& exchange, const Question& question, Reply& reply) {
  const std::span<const std::uint8_t> all(reinterpret_cast<const std::uint8_t*>(question.body.data()),
                                          question.body.size());
  const net::Deadline deadline = soon();
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t size = std::min<std::size_t>(16384, all.size() - at);
    const std::span<const std::uint8_t> piece = all.subspan(at, size);
    auto sent = co_await exchange.write_body(piece, deadline);
    if (!sent) {
      reply.send_failure = sent.error().message;
      co_return;
    }
    at += size;
  }
  auto finished = co_await exchange.finish(question.trailers, deadline);
  if (!finished) reply.send_failure = finished.error().message;
}

}  // namespace

std::string long_body(std::size_t size) {
  std::string body(size, '\0');
  for (std::size_t place = 0; place < size; ++place) body[place] = byte_at(place);
  return body;
}

Question question(const std::string& target, std::string body, serve::Fields trailers) {
  Question asked;
  asked.head.version = serve::HttpVersion::Http2;
  asked.head.method = body.empty() ? "GET" : "POST";
  asked.head.scheme = "http";
  asked.head.authority = "localhost";
  asked.head.target = target;
  asked.head.has_body = !body.empty();
  asked.body = std::move(body);
  asked.trailers = std::move(trailers);
  return asked;
}

Task<void> read_reply(serve::ClientExchange& exchange, Reply& reply) {
  const net::Deadline deadline = soon();
  for (;;) {
    auto head = co_await exchange.read_head(deadline);
    if (!head) {
      reply.failure = head.error().message;
      reply.untouched = exchange.untouched();
      co_return;
    }
    if (head->status >= 200) {
      reply.head = std::move(*head);
      break;
    }
    reply.interim.push_back(std::move(*head));
  }
  std::vector<std::uint8_t> buffer(20'000);
  for (;;) {
    auto got = co_await exchange.read_body(buffer, deadline);
    if (!got) reply.body_failure = got.error().message;
    if (!got || *got == 0) break;
    reply.body.append(reinterpret_cast<const char*>(buffer.data()), *got);
  }
  reply.trailers = exchange.trailers();
}

Task<Reply> ask(serve::ClientConnection& client, const Question& question) {
  Reply reply;
  const auto exchange = client.begin();
  if (!exchange) {
    reply.failure = "no slot";
    co_return reply;
  }
  const net::Deadline deadline = soon();
  auto written = co_await exchange->write_head(question.head, deadline);
  if (!written) {
    reply.failure = written.error().message;
    reply.untouched = exchange->untouched();
    co_return reply;
  }
  TaskGroup sending;
  sending.spawn(send_body(*exchange, question, reply));
  co_await read_reply(*exchange, reply);
  co_await sending.join();
  co_return reply;
}

Http2Loopback::Http2Loopback(const serve::HttpLimits& limits, serve::ExchangeHandler handler)
    : limits_(limits), handler_(std::move(handler)), listener_(listen_on_loopback(loop_)) {}

void Http2Loopback::run(Script script) {
  loop_.spawn(accept_all());
  loop_.spawn(play(std::move(script)));
  loop_.run();
}

void Http2Loopback::drain() {
  for (serve::ServerConnection* connection : open_) connection->drain();
}

Task<void> Http2Loopback::play(Script script) {
  const net::Deadline deadline = soon();
  auto stream = co_await net::connect(loop_, listener_.address(), deadline);
  if (!stream) throw std::runtime_error(stream.error().message);
  net::Transport transport(std::move(*stream));
  auto client = serve::make_http2_client(std::move(transport), limits_);
  co_await script(*this, client);
  client.reset();
  listener_.close();
}

Task<void> Http2Loopback::accept_all() {
  for (;;) {
    auto stream = co_await listener_.accept();
    if (!stream) co_return;
    ++accepted_;
    loop_.spawn(serve_one(std::move(*stream)));
  }
}

Task<void> Http2Loopback::serve_one(net::Stream stream) {
  net::Transport transport(std::move(stream));
  const auto connection = serve::make_http2_server(transport, limits_, "http", handler_);
  open_.push_back(connection.get());
  co_await connection->run();
  open_.remove(connection.get());
  ++ended_;
}

}  // namespace tlsward::test
