#include "serve/http/http2_exchange.h"

#include <fmt/format.h>

#include <utility>

#include "serve/http/http2_heads.h"

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

/// Whatever the head says (RFC 9110, 6.4.1).
bool never_has_body(int status, const std::string& method) {
  return status < 200 || status == 204 || status == 304 || method == "HEAD";
}

}  // namespace

Http2Exchange::Http2Exchange(Http2Session& session, std::shared_ptr<Http2Stream> stream, RequestHead request,
                             const HttpLimits& limits)
    : session_(session), stream_(std::move(stream)), request_(std::move(request)), limits_(limits) {}

Http2Exchange::~Http2Exchange() {
  abort();
  session_.abandon(*stream_);
}

net::Failure Http2Exchange::gone() const {
  return session_.failure_of(*stream_).value_or(net::Failure{Kind::Closed, "the stream takes no head"});
}

Task<net::Outcome<std::size_t>> Http2Exchange::read_body(std::span<std::uint8_t> into, net::Deadline deadline) {
  auto got = co_await session_.read_body(*stream_, into, deadline);
  if (!got) {
    failure_status_ = got.error().kind == Kind::TimedOut ? 408 : 0;
    co_return got;
  }
  read_ += *got;
  const bool tunnel = !request_.upgrade.empty();
  if (tunnel || limits_.body_bytes == 0 || read_ <= limits_.body_bytes) co_return got;
  failure_status_ = 413;
  co_return net::Failure{Kind::Protocol, fmt::format("the body is larger than {} bytes", limits_.body_bytes)};
}

bool Http2Exchange::body_ready() const {
  return !stream_->body.empty() || stream_->ended || session_.failure_of(*stream_);
}

const Fields& Http2Exchange::trailers() const {
  return stream_->trailers;
}

Task<net::Outcome<Nothing>> Http2Exchange::write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) {
  if (!has_body_) co_return Nothing{};
  auto sent = co_await session_.send_body(*stream_, bytes, deadline);
  co_return sent;
}

Task<net::Outcome<Nothing>> Http2Exchange::flush(net::Deadline deadline) {
  if (!responded_) co_return Nothing{};
  if (stream_->output_ended) co_return Nothing{};
  auto flushed = co_await session_.flush(*stream_, deadline);
  co_return flushed;
}

Task<net::Outcome<Nothing>> Http2Exchange::finish(const Fields& trailers, net::Deadline deadline) {
  if (finished_) co_return Nothing{};
  Fields sent_trailers = http2_trailers(trailers);
  auto sent = co_await session_.finish(*stream_, std::move(sent_trailers), deadline);
  if (sent) finished_ = true;
  co_return sent;
}

void Http2Exchange::abort() {
  if (!finished_) session_.reset(*stream_, Http2Error::InternalError);
}

Task<net::Outcome<Nothing>> Http2Exchange::write_interim(const ResponseHead& head, net::Deadline deadline) {
  if (responded_) co_return Nothing{};
  Fields fields = http2_fields(head);
  auto sent = co_await session_.send_interim(*stream_, std::move(fields), deadline);
  co_return sent;
}

Task<net::Outcome<Nothing>> Http2Exchange::write_head(const ResponseHead& head, net::Deadline) {
  stream_->tunnel = !head.upgrade.empty();
  has_body_ = stream_->tunnel ||
              (head.has_body && head.content_length.value_or(1) > 0 && !never_has_body(head.status, request_.method));
  if (!session_.send_response(*stream_, http2_fields(head), !has_body_)) co_return gone();
  responded_ = true;
  co_return Nothing{};
}

}  // namespace tlsward::serve
