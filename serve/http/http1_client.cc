#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "serve/http/head_end.h"
#include "serve/http/http1_exchange.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

net::Failure gone() {
  return {Kind::Closed, "the connection to the upstream is over"};
}

/// What a response begins with.
constexpr std::string_view kProtocol = "HTTP/1.";
/// Responses before the response.
constexpr std::size_t kMaxInterim = 100;

std::string closed_before(bool anything) {
  return anything ? "the upstream closed without a response" : "the upstream closed in the middle of a response's head";
}

/// The connection as its exchange sees it; it lives as long as either of them.
struct Http1Link {
  Http1Link(net::Transport its_transport, const HttpLimits& its_limits)
      : transport(std::move(its_transport)), limits(its_limits), input(transport), output(transport) {}

  net::Transport transport;
  const HttpLimits& limits;
  Http1Input input;
  Http1Output output;
  bool busy = false;
  bool spent = false;  // not for another exchange
};

class Http1ClientExchange final : public ClientExchange {
 public:
  explicit Http1ClientExchange(std::shared_ptr<Http1Link> link) : link_(std::move(link)) {}
  ~Http1ClientExchange() override {
    link_->busy = false;
    const bool done = finished_ && body_ && body_->ended() && keep_alive_ && link_->input.empty();
    if (done) return;
    link_->spent = true;
    link_->transport.close();
  }
  Http1ClientExchange(const Http1ClientExchange&) = delete;
  Http1ClientExchange& operator=(const Http1ClientExchange&) = delete;

  Task<net::Outcome<Nothing>> write_head(const RequestHead& head, net::Deadline) override {
    if (!link_->transport.is_open()) co_return gone();
    if (!can_write(head)) co_return net::Failure{Kind::Protocol, "the request holds bytes that HTTP/1.1 cannot carry"};
    method_ = head.method;
    upgrade_ = head.upgrade;
    chunked_ = head.has_body && !head.content_length;
    promised_ = head.content_length.value_or(0);
    has_body_ = head.has_body;
    write_request_head(head, link_->output.text());
    co_return Nothing{};
  }

  Task<net::Outcome<Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override {
    if (!tunnel_ && !chunked_ && has_body_) {
      if (bytes.size() > promised_)
        co_return net::Failure{Kind::Protocol, "the body is longer than its Content-Length"};
      promised_ -= bytes.size();
    }
    const bool chunked = chunked_ && !tunnel_;
    auto sent = co_await link_->output.write(bytes, chunked, deadline);
    co_return sent;
  }

  Task<net::Outcome<Nothing>> flush(net::Deadline deadline) override {
    auto sent = co_await link_->output.flush(deadline);
    co_return sent;
  }

  Task<net::Outcome<Nothing>> finish(const Fields& trailers, net::Deadline deadline) override {
    if (!tunnel_ && chunked_) write_last_chunk(trailers, link_->output.text());
    if (!tunnel_ && promised_ > 0)
      co_return net::Failure{Kind::Protocol, "the body is shorter than its Content-Length"};
    auto sent = co_await link_->output.flush(deadline);
    finished_ = sent ? true : false;
    if (!sent || !tunnel_) co_return sent;
    auto ended = co_await link_->transport.end_writing(deadline);
    co_return ended;
  }

  void abort() override { link_->transport.close(true); }

  Task<net::Outcome<ResponseHead>> read_head(net::Deadline deadline) override {
    Http1Input& input = link_->input;
    HeadEnd end;
    for (;;) {
      const std::size_t size = end.find(input.text());
      if (auto problem = check_head(size, end.has_bare_lf())) co_return std::move(*problem);
      if (size > 0) co_return take_head(size);
      auto got = co_await input.wait_and_read(deadline);
      if (!got) co_return got.error();
      if (*got == 0) co_return net::Failure{Kind::Closed, closed_before(input.empty())};
      heard_ = true;
    }
  }

  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override {
    if (!body_) co_return gone();
    auto got = co_await body_->read(into, deadline);
    co_return got;
  }

  bool body_ready() const override { return !body_ || body_->ready(); }
  const Fields& trailers() const override {
    static const Fields kNone;
    return body_ ? body_->trailers() : kNone;
  }
  bool untouched() const override { return !heard_; }

 private:
  /// `size` of the head; 0: not complete.
  std::optional<net::Failure> check_head(std::size_t size, bool has_bare_lf) const {
    const std::string_view text = link_->input.text();
    if (!kProtocol.starts_with(text.substr(0, kProtocol.size())))
      return net::Failure{Kind::Protocol, "the upstream does not speak HTTP/1.1"};
    if (has_bare_lf) return net::Failure{Kind::Protocol, "the upstream ends a line of its response with LF alone"};
    if (size <= link_->limits.head_bytes && (size > 0 || text.size() <= link_->limits.head_bytes)) return {};
    return net::Failure{Kind::Protocol, fmt::format("the head of the upstream's response takes more than {} bytes",
                                                    link_->limits.head_bytes)};
  }

  net::Outcome<ResponseHead> take_head(std::size_t size) {
    MessageProblem problem;
    Http1Input& input = link_->input;
    auto response = read_response(input.text().substr(0, size), link_->limits, method_, problem);
    input.take(size);
    if (!response)
      return net::Failure{Kind::Protocol, fmt::format("the upstream's response cannot be trusted: {}", problem.what)};
    const ResponseHead& head = response->head;
    if (head.status == 101 && (upgrade_.empty() || !same_name(upgrade_, head.upgrade)))
      return net::Failure{Kind::Protocol, "the upstream switches to a protocol that nobody asked for"};
    if (head.status < 200 && head.status != 101) {
      if (++interim_ <= kMaxInterim) return std::move(response->head);
      return net::Failure{Kind::Protocol, fmt::format("the upstream sent more than {} interim responses", kMaxInterim)};
    }
    keep_alive_ = response->keep_alive;
    tunnel_ = response->head.status == 101;
    body_.emplace(input, std::move(response->body), link_->limits.body_bytes);
    if (tunnel_) body_->make_tunnel();
    return std::move(response->head);
  }

  std::shared_ptr<Http1Link> link_;
  std::string method_, upgrade_;
  std::optional<Http1Body> body_;
  std::uint64_t promised_ = 0;
  std::size_t interim_ = 0;
  bool chunked_ = false, has_body_ = false, finished_ = false, tunnel_ = false;
  bool keep_alive_ = false, heard_ = false;
};

class Http1Client final : public ClientConnection {
 public:
  Http1Client(net::Transport transport, const HttpLimits& limits)
      : link_(std::make_shared<Http1Link>(std::move(transport), limits)) {}
  ~Http1Client() override { link_->spent = true; }
  Http1Client(const Http1Client&) = delete;
  Http1Client& operator=(const Http1Client&) = delete;

  std::unique_ptr<ClientExchange> begin() override {
    if (free_slots() == 0) return nullptr;
    link_->busy = true;
    return std::make_unique<Http1ClientExchange>(link_);
  }
  std::size_t free_slots() const override { return !link_->busy && usable() ? 1 : 0; }
  bool usable() const override {
    if (link_->spent || !link_->transport.is_open()) return false;
    return link_->busy || !link_->transport.peer_stirred();
  }
  bool idle() const override { return !link_->busy; }

 private:
  std::shared_ptr<Http1Link> link_;
};

}  // namespace

std::unique_ptr<ClientConnection> make_http1_client(net::Transport transport, const HttpLimits& limits) {
  return std::make_unique<Http1Client>(std::move(transport), limits);
}

}  // namespace tlsward::serve
