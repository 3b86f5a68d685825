#include "serve/http/http1_exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace tlsward::serve {
namespace {

using Kind = net::Failure::Kind;

net::Failure over() {
  return {Kind::Closed, "the exchange is over"};
}

}  // namespace

net::Failure Http1Body::fail(int status, std::string what) {
  failed_ = true;
  failure_status_ = status;
  return {Kind::Protocol, std::move(what)};
}

net::Failure Http1Body::note(const net::Failure& failure) {
  failed_ = true;
  failure_status_ = failure.kind == Kind::TimedOut ? 408 : 0;
  return failure;
}

net::Outcome<std::size_t> Http1Body::end() {
  if (decoder_.close()) return std::size_t{0};
  return note({Kind::Closed, "the peer closed in the middle of a body"});
}

Task<net::Outcome<std::size_t>> Http1Body::read_tunnel(std::span<std::uint8_t> into, net::Deadline deadline) {
  if (tunnel_ended_) co_return std::size_t{0};
  if (input_.empty()) {
    auto got = co_await input_.read_directly(into, deadline);
    tunnel_ended_ = got && *got == 0;
    co_return got;
  }
  const std::size_t size = std::min(into.size(), input_.bytes().size());
  std::memcpy(into.data(), input_.bytes().data(), size);
  input_.take(size);
  co_return size;
}

/// A body without chunks goes to where it is wanted at once.
Task<net::Outcome<std::size_t>> Http1Body::read_plain(std::span<std::uint8_t> into, net::Deadline deadline) {
  const std::span<std::uint8_t> room = into.first(std::min(into.size(), decoder_.plain_bytes()));
  auto got = co_await input_.read_directly(room, deadline);
  if (!got) co_return note(got.error());
  if (*got == 0) co_return end();
  decoder_.pass(*got);
  read_ += *got;
  if (exceeds_limit()) co_return fail(413, fmt::format("the body is larger than {} bytes", limit_));
  co_return got;
}

Task<net::Outcome<std::size_t>> Http1Body::read(std::span<std::uint8_t> into, net::Deadline deadline) {
  if (tunnel_ || failed_) {
    if (failed_) co_return over();
    auto got = co_await read_tunnel(into, deadline);
    co_return got;
  }
  if (input_.empty() && decoder_.plain_bytes() > 0) {
    auto got = co_await read_plain(into, deadline);
    co_return got;
  }
  for (;;) {
    const BodyDecoder::Step step = decoder_.decode(input_.bytes(), into);
    input_.take(step.taken);
    if (step.problem) co_return fail(step.problem->status, step.problem->what);
    read_ += step.given;
    if (exceeds_limit()) co_return fail(413, fmt::format("the body is larger than {} bytes", limit_));
    if (step.ended && trailers_.empty()) trailers_ = decoder_.take_trailers();
    if (step.given > 0 || step.ended) co_return step.given;
    auto got = co_await input_.read_more(deadline);
    if (!got) co_return note(got.error());
    if (*got == 0) co_return end();
  }
}

Http1Exchange::Http1Exchange(net::Transport& transport, Http1Input& input, ReadRequest request,
                             const HttpLimits& limits, const bool& draining)
    : transport_(transport),
      draining_(draining),
      request_(std::move(request.head)),
      body_(input, std::move(request.body), limits.body_bytes),
      output_(transport),
      keep_alive_(request.keep_alive),
      continue_owed_(request_.expects_continue) {}

Task<net::Outcome<std::size_t>> Http1Exchange::read_body(std::span<std::uint8_t> into, net::Deadline deadline) {
  auto got = co_await body_.read(into, deadline);
  co_return got;
}

Task<net::Outcome<Nothing>> Http1Exchange::write_interim(const ResponseHead& head, net::Deadline deadline) {
  if (request_.version == HttpVersion::Http10 || responded_) co_return Nothing{};
  if (head.status == 100) continue_owed_ = false;
  write_response_head(head, ResponseFraming::Length, true, request_.version, output_.text());
  auto sent = co_await output_.flush(deadline);
  co_return sent;
}

/// `head` with what it says about its body made true for this client.
ResponseHead Http1Exchange::framed(const ResponseHead& head) {
  ResponseHead sent = head;
  const bool never = head.status == 204 || head.status == 304 || tunnel_ || request_.method == "HEAD";
  // Any other response without a length goes on to the end of the connection (RFC 9112, 6.3).
  if (!never && !head.has_body) sent.content_length = 0;
  has_body_ = sent.has_body = head.has_body && !never;
  promised_ = sent.content_length.value_or(0);
  framing_ = sent.content_length                       ? ResponseFraming::Length
             : request_.version == HttpVersion::Http10 ? ResponseFraming::UntilClose
                                                       : ResponseFraming::Chunked;
  return sent;
}

Task<net::Outcome<Nothing>> Http1Exchange::write_head(const ResponseHead& head, net::Deadline) {
  if (responded_) co_return over();
  responded_ = true;
  tunnel_ = !head.upgrade.empty();
  if (tunnel_) body_.make_tunnel();
  const ResponseHead sent = framed(head);
  // A client that waits for 100 Continue may or may not send the body now; where a body failed its end is not known.
  const bool ambiguous = (framing_ == ResponseFraming::UntilClose && has_body_) || continue_owed_ || body_.failed();
  if (draining_ || ambiguous) keep_alive_ = false;
  write_response_head(sent, framing_, keep_alive_, request_.version, output_.text());
  co_return Nothing{};
}

Task<net::Outcome<Nothing>> Http1Exchange::write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) {
  if (finished_) co_return over();
  if (!tunnel_ && !has_body_) co_return Nothing{};
  if (!tunnel_ && framing_ == ResponseFraming::Length) {
    if (bytes.size() > promised_) co_return net::Failure{Kind::Protocol, "the body is longer than its Content-Length"};
    promised_ -= bytes.size();
  }
  const bool chunked = !tunnel_ && framing_ == ResponseFraming::Chunked;
  auto sent = co_await output_.write(bytes, chunked, deadline);
  co_return sent;
}

Task<net::Outcome<Nothing>> Http1Exchange::flush(net::Deadline deadline) {
  auto sent = co_await output_.flush(deadline);
  co_return sent;
}

Task<net::Outcome<Nothing>> Http1Exchange::finish(const Fields& trailers, net::Deadline deadline) {
  if (finished_) co_return Nothing{};
  const bool lacking = has_body_ && framing_ == ResponseFraming::Length && promised_ > 0;
  if (!tunnel_ && lacking) co_return net::Failure{Kind::Protocol, "the body is shorter than its Content-Length"};
  if (!tunnel_ && has_body_ && framing_ == ResponseFraming::Chunked) write_last_chunk(trailers, output_.text());
  finished_ = true;
  auto sent = co_await output_.flush(deadline);
  if (!sent || !tunnel_) co_return sent;
  auto ended = co_await transport_.end_writing(deadline);
  co_return ended;
}

void Http1Exchange::abort() {
  if (finished_) return;
  keep_alive_ = false;
  // A reset would take from the client what it has got of a response; but only a reset shows that a body without a
  // length is not complete.
  const bool looks_complete = has_body_ && framing_ == ResponseFraming::UntilClose;
  transport_.close(!responded_ || looks_complete);
}

}  // namespace tlsward::serve
