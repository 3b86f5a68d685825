#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "serve/http/exchange.h"
#include "serve/http/http2_exchange.h"
#include "serve/http/http2_heads.h"
#include "serve/http/http2_session.h"

namespace tlsward::serve {
namespace {

constexpr std::chrono::milliseconds kRest{500};
constexpr std::size_t kMaxRest = 1024 * 1024;

class Http2Server final : public ServerConnection {
 public:
  Http2Server(net::Transport& transport, const HttpLimits& limits, ExchangeHandler handler)
      : limits_(limits),
        handler_(std::move(handler)),
        session_(transport, limits, [this](std::shared_ptr<Http2Stream> stream) { take(std::move(stream)); }) {}

  Task<void> run() override {
    co_await session_.run();
    co_await handlers_.join();
  }
  void drain() override { session_.drain(); }

 private:
  // A handler may go on for a while behind a stream that its client has reset: the number of streams alone is no bound.
  void take(std::shared_ptr<Http2Stream> stream) {
    if (handlers_.running() >= 2 * std::max<std::size_t>(limits_.concurrent_streams, 1)) {
      session_.reset(*stream, Http2Error::RefusedStream);
      return;
    }
    if (++requests_ >= limits_.requests) session_.drain();
    handlers_.spawn(answer(std::move(stream)));
  }

  Task<void> answer(std::shared_ptr<Http2Stream> stream) {
    const Http2Head given = std::move(stream->heads.front());
    stream->heads.pop_front();
    MessageProblem problem{431, "the head takes too many bytes or fields"};
    std::optional<RequestHead> head;
    if (!stream->too_large) head = http2_request(given.fields, given.ends_stream, limits_, problem);
    stream->too_large = false;
    const bool refused = !head;
    Http2Exchange exchange(session_, std::move(stream), std::move(head).value_or(RequestHead{}), limits_);
    if (refused)
      co_await refuse(exchange, problem);
    else
      co_await handler_(exchange);
    co_await read_rest(exchange);
  }

  /// A response that is complete before its request would be lost with some clients if the stream were cut off at once:
  /// they get a moment to read it, and what they still send is thrown away.
  Task<void> read_rest(Http2Exchange& exchange) {
    std::array<std::uint8_t, 4096> buffer;
    const net::Deadline deadline = net::Clock::now() + kRest;
    for (std::size_t left = kMaxRest; exchange.finished() && exchange.request().has_body;) {
      auto got = co_await exchange.read_body(buffer, deadline);
      if (!got || *got == 0 || *got > left) co_return;
      left -= *got;
    }
  }

  Task<void> refuse(Http2Exchange& exchange, const MessageProblem& problem) {
    const std::string body = problem.what + "\n";
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
    ResponseHead head;
    head.status = problem.status;
    head.fields.push_back({"content-type", "text/plain; charset=utf-8"});
    head.content_length = body.size();
    const net::Deadline deadline = net::Clock::now() + limits_.write_timeout;
    auto sent = co_await exchange.write_head(head, deadline);
    if (sent) sent = co_await exchange.write_body(bytes, deadline);
    const Fields none;
    if (sent) sent = co_await exchange.finish(none, deadline);
    if (!sent) exchange.abort();
  }

  const HttpLimits& limits_;
  ExchangeHandler handler_;
  std::size_t requests_ = 0;
  Http2Session session_;
  TaskGroup handlers_;  // last: handlers use all of the above
};

}  // namespace

// Requests of HTTP/2 always say their scheme.
std::unique_ptr<ServerConnection> make_http2_server(net::Transport& transport, const HttpLimits& limits, std::string,
                                                    ExchangeHandler handler) {
  return std::make_unique<Http2Server>(transport, limits, std::move(handler));
}

}  // namespace tlsward::serve
