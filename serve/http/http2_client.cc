#include <fmt/format.h>

#include <utility>

#include "serve/http/exchange.h"
#include "serve/http/http2_heads.h"
#include "serve/http/http2_session.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

constexpr std::uint32_t kRefusedStream = 7;  // RFC 9113, 7

net::Failure gone() {
  return {Kind::Closed, "the connection to the upstream is over"};
}

/// The connection as its exchanges see it; it lives as long as one of them, and its own task.
struct Http2Link {
  Http2Link(net::Transport its_transport, const HttpLimits& limits)
      : transport(std::move(its_transport)), session(transport, limits, false, {}) {}

  net::Transport transport;
  Http2Session session;
};

Task<void> run(std::shared_ptr<Http2Link> link) {
  co_await link->session.run();
}

class Http2ClientExchange final : public ClientExchange {
 public:
  explicit Http2ClientExchange(std::shared_ptr<Http2Link> link) : link_(std::move(link)) {}
  ~Http2ClientExchange() override {
    if (!stream_) return;
    if (!stream_->ended || !finished_) link_->session.reset(*stream_);
    link_->session.release(*stream_);
  }
  Http2ClientExchange(const Http2ClientExchange&) = delete;
  Http2ClientExchange& operator=(const Http2ClientExchange&) = delete;

  Task<net::Outcome<net::Nothing>> write_head(const RequestHead& head, net::Deadline) override {
    tunnel_ = !head.upgrade.empty();
    if (tunnel_ && !link_->session.takes_extended_connect())
      co_return net::Failure{Kind::Protocol,
                             fmt::format("the upstream speaks HTTP/2 and does not take '{}' over it", head.upgrade)};
    has_body_ = head.has_body || tunnel_;
    stream_ = link_->session.send_request(http2_fields(head), !has_body_);
    if (!stream_) co_return gone();
    co_return net::Nothing{};
  }
  Task<net::Outcome<net::Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override {
    if (!stream_) co_return gone();
    auto sent = co_await link_->session.send_body(stream_, bytes, deadline);
    co_return sent;
  }
  Task<net::Outcome<net::Nothing>> flush(net::Deadline) override { co_return net::Nothing{}; }
  Task<net::Outcome<net::Nothing>> finish(const Fields& trailers, net::Deadline) override {
    if (!stream_) co_return gone();
    if (!std::exchange(finished_, true) && has_body_) link_->session.finish(*stream_, http2_trailers(trailers));
    co_return net::Nothing{};
  }
  void abort() override {
    if (stream_) link_->session.reset(*stream_);
  }

  Task<net::Outcome<ResponseHead>> read_head(net::Deadline deadline) override {
    if (!stream_) co_return gone();
    while (stream_->heads.empty()) {
      if (stream_->closed) co_return closed();
      const bool changed = co_await stream_->changed.wait_until(deadline);
      if (changed) continue;
      if (link_->transport.is_open() && link_->transport.loop().interrupted())
        co_return net::Failure{Kind::Interrupted, "interrupted"};
      co_return net::Failure{Kind::TimedOut, "timed out"};
    }
    heard_ = true;
    auto head = take_head();
    co_return head;
  }
  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override {
    if (!stream_) co_return gone();
    auto got = co_await link_->session.read_body(stream_, into, deadline);
    co_return got;
  }
  bool body_ready() const override { return !stream_ || !stream_->body.empty() || stream_->ended || stream_->closed; }
  const Fields& trailers() const override {
    static const Fields kNone;
    return stream_ ? stream_->trailers : kNone;
  }
  bool untouched() const override { return !stream_ || (stream_->closed && stream_->error_code == kRefusedStream); }

 private:
  net::Failure closed() const {
    if (stream_->too_large) return {Kind::Protocol, "the head of the upstream's response takes too many bytes"};
    if (stream_->error_code != 0)
      return {Kind::Reset, fmt::format("the upstream reset the stream (error {})", stream_->error_code)};
    return {Kind::Closed, "the upstream closed without a response"};
  }

  net::Outcome<ResponseHead> take_head() {
    const Fields fields = std::move(stream_->heads.front());
    stream_->heads.pop_front();
    MessageProblem problem;
    const bool ends = stream_->heads.empty() && stream_->head_ends_stream;
    auto head = http2_response(fields, ends, problem);
    if (!head || stream_->too_large)
      return net::Failure{Kind::Protocol, fmt::format("the upstream's response cannot be trusted: {}", problem.what)};
    if (tunnel_ && head->status >= 200 && head->status < 300) {
      head->upgrade = "websocket";
      head->has_body = true;
    }
    return std::move(*head);
  }

  std::shared_ptr<Http2Link> link_;
  std::shared_ptr<Http2Stream> stream_;
  bool has_body_ = false, finished_ = false, tunnel_ = false, heard_ = false;
};

class Http2Client final : public ClientConnection {
 public:
  Http2Client(net::Transport transport, const HttpLimits& limits)
      : link_(std::make_shared<Http2Link>(std::move(transport), limits)) {
    link_->transport.loop().spawn(run(link_));
  }
  ~Http2Client() override { link_->session.drain_or_stop(); }
  Http2Client(const Http2Client&) = delete;
  Http2Client& operator=(const Http2Client&) = delete;

  std::unique_ptr<ClientExchange> begin() override {
    if (free_slots() == 0) return nullptr;
    return std::make_unique<Http2ClientExchange>(link_);
  }
  std::size_t free_slots() const override { return link_->session.free_slots(); }
  bool usable() const override { return !link_->session.over() && !link_->session.draining(); }
  bool idle() const override { return link_->session.streams() == 0; }

 private:
  std::shared_ptr<Http2Link> link_;
};

}  // namespace

std::unique_ptr<ClientConnection> make_http2_client(net::Transport transport, const HttpLimits& limits) {
  return std::make_unique<Http2Client>(std::move(transport), limits);
}

}  // namespace tlsward::serve
