#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "serve/http/http1_exchange.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

/// What is read of a body that the handler did not want, so that the connection can go on.
constexpr std::size_t kMaxUnread = 256 * 1024;
constexpr std::chrono::milliseconds kLinger{2000};

/// A first byte of TLS (RFC 8446, 5.1: handshake) or of SSL 2.0.
bool looks_like_tls(std::string_view bytes) {
  return bytes.size() >= 2 && ((bytes[0] == 0x16 && bytes[1] == 0x03) || static_cast<unsigned char>(bytes[0]) >= 0x80);
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
    net::Deadline deadline = net::Clock::now() + limits_.idle_timeout;
    bool began = !input_.empty();
    if (began) deadline = net::Clock::now() + limits_.head_timeout;
    for (;;) {
      skip_empty_line();
      const std::size_t size = head_length(input_.text());
      if (size > limits_.head_bytes || (size == 0 && input_.bytes().size() > limits_.head_bytes)) {
        co_await refuse(431, "the head takes too many bytes");
        co_return std::nullopt;
      }
      if (size > 0) {
        auto request = co_await parse(size);
        co_return request;
      }
      idle_ = input_.empty();
      if (idle_ && draining_) co_return std::nullopt;
      auto got = co_await input_.read_more(deadline);
      if (!got && got.error().kind == Kind::Closed) co_return std::nullopt;  // this side; the object may be gone
      idle_ = false;
      if (!got || *got == 0) {
        const bool late = !got && got.error().kind == Kind::TimedOut && !input_.empty();
        if (late) co_await refuse(408, "the head did not come in time");
        co_return std::nullopt;
      }
      if (!std::exchange(began, true)) deadline = net::Clock::now() + limits_.head_timeout;
      const std::optional<MessageProblem> hopeless = check_beginning();
      if (hopeless) {
        co_await refuse(hopeless->status, hopeless->what);
        co_return std::nullopt;
      }
    }
  }

  /// RFC 9112, 2.2: one empty line before a request is passed over.
  void skip_empty_line() {
    if (std::exchange(skipped_, true)) return;
    if (input_.text().starts_with("\r\n"))
      input_.take(2);
    else
      skipped_ = input_.text().size() >= 2;
  }

  /// What cannot become a request however it goes on.
  std::optional<MessageProblem> check_beginning() const {
    const std::string_view text = input_.text();
    if (looks_like_tls(text)) return MessageProblem{400, "this port speaks plain HTTP, and the client TLS"};
    const std::size_t line_end = text.find('\n');
    if (line_end == std::string_view::npos && text.size() > limits_.target_bytes + 64)
      return MessageProblem{414, "the request line is too long"};
    if (line_end != std::string_view::npos && (line_end == 0 || text[line_end - 1] != '\r'))
      return MessageProblem{400, "a line of the head ends with LF alone"};
    return {};
  }

  Task<std::optional<ReadRequest>> parse(std::size_t size) {
    MessageProblem problem;
    auto request = read_request(input_.text().substr(0, size), limits_, scheme_, problem);
    input_.take(size);
    skipped_ = false;
    if (!request) co_await refuse(problem.status, problem.what);
    co_return request;
  }

  /// True where another request may follow.
  Task<bool> answer(ReadRequest request) {
    Http1Exchange exchange(transport_, input_, std::move(request), limits_, draining_);
    co_await handler_(exchange);
    if (!exchange.finished()) transport_.close(!exchange.responded());
    if (!exchange.may_go_on() || !transport_.is_open()) co_return false;
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
  bool draining_ = false, idle_ = true, skipped_ = false;
};

}  // namespace

std::unique_ptr<ServerConnection> make_http1_server(net::Transport& transport, const HttpLimits& limits,
                                                    std::string scheme, ExchangeHandler handler) {
  return std::make_unique<Http1Server>(transport, limits, std::move(scheme), std::move(handler));
}

}  // namespace tlsward::serve
