#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "serve/http/head_end.h"
#include "serve/http/http1_exchange.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

/// What is read of a body that the handler did not want, so that the connection can go on.
constexpr std::size_t kMaxUnread = 256 * 1024;
constexpr std::chrono::milliseconds kLinger{2000};
constexpr std::string_view kLineEnd = "\r\n";
/// Method, version and blanks of a request line.
constexpr std::size_t kLineBesidesTarget = 64;

/// A handshake record of TLS (RFC 8446, 5.1), or a hello of SSL 2.0 (RFC 6101, E.1: its length, CLIENT-HELLO).
bool looks_like_tls(std::string_view bytes) {
  if (bytes.size() >= 2 && bytes[0] == 0x16 && bytes[1] == 0x03) return true;
  return bytes.size() >= 3 && (static_cast<unsigned char>(bytes[0]) & 0x80U) != 0 && bytes[2] == 0x01;
}

class Http1Server final : public ServerConnection {
 public:
  Http1Server(net::Transport& transport, const HttpLimits& limits, std::string scheme, ExchangeHandler handler)
      : transport_(transport),
        limits_(limits),
        scheme_(std::move(scheme)),
        handler_(std::move(handler)),
        input_(transport) {}

  Task<void> run() override {
    for (std::size_t requests = 0; requests < limits_.requests; ++requests) {
      if (requests + 1 == limits_.requests) draining_ = true;
      auto request = co_await read_head();
      if (!request) break;
      const bool goes_on = co_await answer(std::move(*request));
      if (!goes_on) break;
    }
    if (!transport_.is_open()) co_return;
    const net::Deadline deadline = net::Clock::now() + kLinger;
    co_await transport_.close_gracefully(deadline);
  }

  void drain() override {
    draining_ = true;
    if (idle_) transport_.close();
  }

 private:
  /// Nullopt: the connection is over; what is wrong with the request has been answered.
  Task<std::optional<ReadRequest>> read_head() {
    HeadEnd end;
    bool skipped = false;  // an empty line
    bool began = !input_.empty();
    net::Deadline deadline = net::Clock::now() + (began ? limits_.head_timeout : limits_.idle_timeout);
    for (;;) {
      // RFC 9112, 2.2: one empty line before a request is passed over.
      if (!skipped && input_.text().starts_with(kLineEnd)) {
        input_.take(kLineEnd.size());
        skipped = true;
      }
      const bool line_may_follow = !skipped && input_.text() == kLineEnd.substr(0, 1);
      const std::size_t size = line_may_follow ? 0 : end.find(input_.text());
      if (auto problem = check_head(size, end.has_bare_lf())) {
        co_await refuse(problem->status, problem->what);
        co_return std::nullopt;
      }
      if (size > 0) {
        auto request = co_await parse(size);
        co_return request;
      }
      idle_ = !began;
      if (idle_ && draining_) co_return std::nullopt;
      auto got = co_await input_.wait_and_read(deadline);
      if (!got && got.error().kind == Kind::Closed) co_return std::nullopt;  // this side; the object may be gone
      idle_ = false;
      if (!got || *got == 0) {
        co_await refuse_broken_off(!got && got.error().kind == Kind::TimedOut, got && *got == 0);
        co_return std::nullopt;
      }
      if (!std::exchange(began, true)) deadline = net::Clock::now() + limits_.head_timeout;
    }
  }

  /// Where a head began and did not come to its end.
  Task<void> refuse_broken_off(bool late, bool ended) {
    if (input_.empty()) co_return;
    if (late) co_await refuse(408, "the head did not come in time");
    if (ended) co_await refuse(400, "the client said no more in the middle of the head");
  }

  /// What is wrong with the bytes that are there, however they go on. `size` of the head; 0: not complete.
  std::optional<MessageProblem> check_head(std::size_t size, bool has_bare_lf) const {
    const std::string_view text = input_.text();
    if (looks_like_tls(text)) return MessageProblem{400, "this port speaks plain HTTP, and the client TLS"};
    if (has_bare_lf) return MessageProblem{400, "a line of the head ends with LF alone"};
    if (size == 0 && text.size() > limits_.target_bytes + kLineBesidesTarget && text.find('\n') == text.npos)
      return MessageProblem{414, "the request line is too long"};
    if (size > limits_.head_bytes || (size == 0 && text.size() > limits_.head_bytes))
      return MessageProblem{431, fmt::format("the head takes more than {} bytes", limits_.head_bytes)};
    return {};
  }

  Task<std::optional<ReadRequest>> parse(std::size_t size) {
    MessageProblem problem;
    auto request = read_request(input_.text().substr(0, size), limits_, scheme_, problem);
    input_.take(size);
    if (!request) co_await refuse(problem.status, problem.what);
    co_return request;
  }

  /// True where another request may follow.
  Task<bool> answer(ReadRequest request) {
    Http1Exchange exchange(transport_, input_, std::move(request), limits_, draining_);
    co_await handler_(exchange);
    exchange.abort();
    if (!exchange.may_go_on() || !transport_.is_open()) co_return false;
    if (exchange.body_ended()) co_return true;
    const bool read = co_await read_rest(exchange);
    co_return read;
  }

  Task<bool> read_rest(Http1Exchange& exchange) {
    std::array<std::uint8_t, 4096> buffer;
    const net::Deadline deadline = net::Clock::now() + limits_.body_timeout;
    for (std::size_t left = kMaxUnread; !exchange.body_ended();) {
      auto got = co_await exchange.read_body(buffer, deadline);
      if (!got || *got > left) co_return false;
      left -= *got;
    }
    co_return true;
  }

  Task<void> refuse(int status, std::string what) {
    ResponseHead head;
    head.status = status;
    head.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    const std::string body = what + "\n";
    head.content_length = body.size();
    Http1Output output(transport_);
    write_response_head(head, ResponseFraming::Length, false, HttpVersion::Http11, output.text());
    output.text() += body;
    const net::Deadline deadline = net::Clock::now() + limits_.write_timeout;
    auto sent = co_await output.flush(deadline);
    if (!sent && sent.error().kind != Kind::Closed) transport_.close();
  }

  net::Transport& transport_;
  const HttpLimits& limits_;
  std::string scheme_;
  ExchangeHandler handler_;
  Http1Input input_;
  bool draining_ = false, idle_ = true;
};

}  // namespace

std::unique_ptr<ServerConnection> make_http1_server(net::Transport& transport, const HttpLimits& limits,
                                                    std::string scheme, ExchangeHandler handler) {
  return std::make_unique<Http1Server>(transport, limits, std::move(scheme), std::move(handler));
}

}  // namespace tlsward::serve
