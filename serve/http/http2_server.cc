#include <fmt/format.h>

#include <utility>

#include "serve/http/exchange.h"
#include "serve/http/http2_heads.h"
#include "serve/http/http2_session.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

net::Failure stream_gone() {
  return {Kind::Reset, "the client has closed the stream"};
}

class Http2Exchange final : public ServerExchange {
 public:
  Http2Exchange(Http2Session& session, std::shared_ptr<Http2Stream> stream, RequestHead request,
                const HttpLimits& limits)
      : session_(session), stream_(std::move(stream)), request_(std::move(request)), limits_(limits) {}
  ~Http2Exchange() override { session_.release(*stream_); }
  Http2Exchange(const Http2Exchange&) = delete;
  Http2Exchange& operator=(const Http2Exchange&) = delete;

  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override {
    auto got = co_await session_.read_body(stream_, into, deadline);
    if (!got) failure_status_ = got.error().kind == Kind::TimedOut ? 408 : 0;
    if (!got) co_return got;
    read_ += *got;
    if (limits_.body_bytes == 0 || read_ <= limits_.body_bytes || !request_.upgrade.empty()) co_return got;
    failure_status_ = 413;
    co_return net::Failure{Kind::Protocol, fmt::format("the body is larger than {} bytes", limits_.body_bytes)};
  }
  bool body_ready() const override { return !stream_->body.empty() || stream_->ended || stream_->closed; }
  const Fields& trailers() const override { return stream_->trailers; }

  Task<net::Outcome<net::Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override {
    if (!has_body_) co_return net::Nothing{};
    auto sent = co_await session_.send_body(stream_, bytes, deadline);
    co_return sent;
  }
  // The session's writer sends what there is as soon as it runs.
  Task<net::Outcome<net::Nothing>> flush(net::Deadline) override { co_return net::Nothing{}; }

  Task<net::Outcome<net::Nothing>> finish(const Fields& trailers, net::Deadline) override {
    if (std::exchange(finished_, true)) co_return net::Nothing{};
    if (stream_->closed) co_return stream_gone();
    if (has_body_) session_.finish(*stream_, http2_trailers(trailers));
    co_return net::Nothing{};
  }
  void abort() override {
    if (!finished_) session_.reset(*stream_);
  }

  const RequestHead& request() const override { return request_; }
  Task<net::Outcome<net::Nothing>> write_interim(const ResponseHead& head, net::Deadline) override {
    if (responded_) co_return net::Nothing{};
    if (!session_.send_interim(*stream_, http2_fields(head))) co_return stream_gone();
    co_return net::Nothing{};
  }
  Task<net::Outcome<net::Nothing>> write_head(const ResponseHead& head, net::Deadline) override {
    responded_ = true;
    has_body_ = !head.upgrade.empty() || (head.has_body && head.content_length.value_or(1) > 0);
    if (!session_.send_response(*stream_, http2_fields(head), !has_body_)) co_return stream_gone();
    co_return net::Nothing{};
  }
  int failure_status() const override { return failure_status_; }
  bool responded() const override { return responded_; }
  bool finished() const { return finished_; }

 private:
  Http2Session& session_;
  std::shared_ptr<Http2Stream> stream_;
  RequestHead request_;
  const HttpLimits& limits_;
  std::uint64_t read_ = 0;
  int failure_status_ = 0;
  bool has_body_ = true, responded_ = false, finished_ = false;
};

class Http2Server final : public ServerConnection {
 public:
  Http2Server(net::Transport& transport, const HttpLimits& limits, std::string scheme, ExchangeHandler handler)
      : limits_(limits),
        scheme_(std::move(scheme)),
        handler_(std::move(handler)),
        session_(transport, limits, true,
                 {[this](std::shared_ptr<Http2Stream> stream) { handlers_.spawn(answer(std::move(stream))); }}) {}

  Task<void> run() override {
    co_await session_.run();
    co_await handlers_.join();
  }
  void drain() override { session_.drain(); }

 private:
  Task<void> answer(std::shared_ptr<Http2Stream> stream) {
    if (++requests_ >= limits_.requests) session_.drain();
    MessageProblem problem{431, "the head takes too many bytes"};
    std::optional<RequestHead> head;
    const bool end_stream = stream->head_ends_stream;
    const Fields fields = std::exchange(stream->heads.front(), {});
    if (!stream->too_large) head = http2_request(fields, end_stream, limits_, problem);
    if (!head) {
      refuse(*stream, problem);
      co_return;
    }
    if (head->scheme.empty()) head->scheme = scheme_;
    Http2Exchange exchange(session_, stream, std::move(*head), limits_);
    co_await handler_(exchange);
    if (!exchange.finished()) session_.reset(*stream);
  }

  void refuse(Http2Stream& stream, const MessageProblem& problem) {
    ResponseHead head;
    head.status = problem.status;
    head.fields.push_back({"content-type", "text/plain; charset=utf-8"});
    const std::string body = problem.what + "\n";
    head.content_length = body.size();
    if (!session_.send_response(stream, http2_fields(head), false)) return;
    stream.waiting = body;
    session_.finish(stream, {});
    session_.release(stream);
  }

  const HttpLimits& limits_;
  std::string scheme_;
  ExchangeHandler handler_;
  std::size_t requests_ = 0;
  Http2Session session_;
  TaskGroup handlers_;  // last: handlers use all of the above
};

}  // namespace

std::unique_ptr<ServerConnection> make_http2_server(net::Transport& transport, const HttpLimits& limits,
                                                    std::string scheme, ExchangeHandler handler) {
  return std::make_unique<Http2Server>(transport, limits, std::move(scheme), std::move(handler));
}

}  // namespace tlsward::serve
