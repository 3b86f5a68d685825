#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "serve/http/exchange.h"
#include "serve/http/http2_heads.h"
#include "serve/http/http2_session.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

net::Failure gone() {
  return {Kind::Closed, "the connection to the upstream is over"};
}

/// The connection as its exchanges see it; it lives as long as one of them, and its own task.
struct Http2Link {
  Http2Link(net::Transport its_transport, const HttpLimits& its_limits)
      : transport(std::move(its_transport)), limits(its_limits), session(transport, limits, nullptr) {}

  net::Transport transport;
  const HttpLimits limits;  // the link may outlive the owner of the others
  Http2Session session;
  std::size_t begun = 0;  // exchanges without a stream yet
};

Task<void> run(std::shared_ptr<Http2Link> link) {
  co_await link->session.run();
}

class Http2ClientExchange final : public ClientExchange {
 public:
  explicit Http2ClientExchange(std::shared_ptr<Http2Link> link) : link_(std::move(link)) { ++link_->begun; }
  ~Http2ClientExchange() override {
    if (!stream_) {
      --link_->begun;
      return;
    }
    if (!stream_->ended || !stream_->output_ended) link_->session.reset(*stream_, Http2Error::Cancel);
    link_->session.abandon(*stream_);
  }
  Http2ClientExchange(const Http2ClientExchange&) = delete;
  Http2ClientExchange& operator=(const Http2ClientExchange&) = delete;

  Task<net::Outcome<Nothing>> write_head(const RequestHead& head, net::Deadline deadline) override {
    upgrade_ = head.upgrade;
    has_body_ = head.has_body || !upgrade_.empty();
    const Fields fields = http2_fields(head);
    // The first request need not wait; the others shall not be more than the upstream takes.
    Http2Session& session = link_->session;
    if (!upgrade_.empty() || session.open_streams() > 0) {
      auto greeted = co_await session.wait_for_settings(deadline);
      if (!greeted) co_return greeted;
    }
    if (!upgrade_.empty() && !session.takes_extended_connect())
      co_return net::Failure{Kind::Protocol,
                             fmt::format("the upstream speaks HTTP/2 and does not take '{}' over it", upgrade_)};
    heard_before_ = session.received();
    stream_ = session.send_request(fields, !has_body_);
    if (!stream_) co_return gone();
    --link_->begun;
    co_return Nothing{};
  }
  Task<net::Outcome<Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override {
    if (!stream_) co_return gone();
    auto sent = co_await link_->session.send_body(*stream_, bytes, deadline);
    co_return sent;
  }
  Task<net::Outcome<Nothing>> flush(net::Deadline deadline) override {
    if (!stream_) co_return gone();
    if (stream_->output_ended) co_return Nothing{};
    auto flushed = co_await link_->session.flush(*stream_, deadline);
    co_return flushed;
  }
  Task<net::Outcome<Nothing>> finish(const Fields& trailers, net::Deadline deadline) override {
    if (!stream_) co_return gone();
    if (!has_body_) co_return Nothing{};
    Fields sent_trailers = http2_trailers(trailers);
    auto sent = co_await link_->session.finish(*stream_, std::move(sent_trailers), deadline);
    co_return sent;
  }
  void abort() override {
    if (stream_) link_->session.reset(*stream_, Http2Error::Cancel);
  }

  Task<net::Outcome<ResponseHead>> read_head(net::Deadline deadline) override {
    if (!stream_) co_return gone();
    while (stream_->heads.empty()) {
      if (auto failure = link_->session.failure_of(*stream_)) co_return std::move(*failure);
      const bool changed = co_await stream_->changed.wait_until(deadline);
      if (changed) continue;
      if (link_->transport.loop().interrupted()) co_return net::Failure{Kind::Interrupted, "interrupted"};
      co_return net::Failure{Kind::TimedOut, "timed out"};
    }
    heard_ = true;
    co_return take_head();
  }
  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override {
    if (!stream_) co_return gone();
    auto got = co_await link_->session.read_body(*stream_, into, deadline);
    if (!got) co_return got;
    read_ += *got;
    const std::uint64_t limit = link_->limits.body_bytes;
    if (tunnel_ || limit == 0 || read_ <= limit) co_return got;
    co_return net::Failure{Kind::Protocol, fmt::format("the body is larger than {} bytes", limit)};
  }
  bool body_ready() const override {
    return !stream_ || !stream_->body.empty() || stream_->ended || link_->session.failure_of(*stream_);
  }
  const Fields& trailers() const override {
    static const Fields kNone;
    return stream_ ? stream_->trailers : kNone;
  }
  bool untouched() const override {
    if (!stream_ || stream_->never_sent) return true;
    if (heard_ || !stream_->heads.empty() || !stream_->closed) return false;
    const bool refused = stream_->error_code == static_cast<std::uint32_t>(Http2Error::RefusedStream);
    const bool unheard = link_->session.is_over() && link_->session.received() == heard_before_;
    return refused || unheard;
  }

 private:
  net::Outcome<ResponseHead> take_head() {
    const Http2Head given = std::move(stream_->heads.front());
    stream_->heads.pop_front();
    MessageProblem problem;
    auto head = http2_response(given.fields, given.ends_stream, problem);
    if (!head)
      return net::Failure{Kind::Protocol, fmt::format("the upstream's response cannot be trusted: {}", problem.what)};
    if (!upgrade_.empty() && head->status >= 200 && head->status < 300) {
      tunnel_ = true;
      head->upgrade = upgrade_;
      head->has_body = true;
      head->content_length.reset();
    }
    return std::move(*head);
  }

  std::shared_ptr<Http2Link> link_;
  std::shared_ptr<Http2Stream> stream_;
  std::string upgrade_;
  std::uint64_t read_ = 0;
  std::uint64_t heard_before_ = 0;  // bytes of the connection, before the request
  bool has_body_ = false, tunnel_ = false, heard_ = false;
};

class Http2Client final : public ClientConnection {
 public:
  Http2Client(net::Transport transport, const HttpLimits& limits)
      : link_(std::make_shared<Http2Link>(std::move(transport), limits)) {
    link_->transport.loop().spawn(run(link_));
  }
  ~Http2Client() override { link_->session.stop(); }
  Http2Client(const Http2Client&) = delete;
  Http2Client& operator=(const Http2Client&) = delete;

  std::unique_ptr<ClientExchange> begin() override {
    if (free_slots() == 0) return nullptr;
    return std::make_unique<Http2ClientExchange>(link_);
  }
  std::size_t free_slots() const override {
    if (!usable()) return 0;
    const std::size_t limit = std::min(link_->session.max_streams(), link_->limits.concurrent_streams);
    const std::size_t used = link_->session.open_streams() + link_->begun;
    return limit > used ? limit - used : 0;
  }
  bool usable() const override { return link_->session.is_usable(); }
  bool idle() const override { return link_->session.open_streams() == 0 && link_->begun == 0; }

 private:
  std::shared_ptr<Http2Link> link_;
};

}  // namespace

std::unique_ptr<ClientConnection> make_http2_client(net::Transport transport, const HttpLimits& limits) {
  return std::make_unique<Http2Client>(std::move(transport), limits);
}

}  // namespace tlsward::serve
