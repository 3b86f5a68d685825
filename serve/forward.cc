#include "serve/forward.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "serve/answer.h"
#include "serve/outgoing.h"
#include "serve/pump.h"
#include "serve/websocket.h"

namespace tlsward::serve {
namespace {

using std::chrono::milliseconds;

/// One way of the two: what came of it, once it has ended.
struct Way {
  bool ended = false;
  Pumped pumped;
};

/// What both ways of a request have in common.
struct Passage {
  ServerExchange& client;
  ClientExchange& upstream;
  const RequestHead& request;  // as it goes out
  const ProxyScope& scope;
  AccessRecord& record;
  Way sent;             // the request's body
  bool tunnel = false;  // both sides have switched protocols
};

/// How a try ended.
enum class Try : std::uint8_t { Done, Again };

Task<void> send_body(Passage& passage) {
  const ServeOptions& options = passage.scope.options;
  const milliseconds read = passage.tunnel ? options.tunnel_timeout : options.inbound.body_timeout;
  const milliseconds write = options.outbound.write_timeout;
  passage.sent.pumped = co_await pump(passage.client, passage.upstream, read, write);
  passage.sent.ended = true;
  // The response that is waited for will not come, or not matter.
  if (passage.sent.pumped.end == PumpEnd::ReadFailed) passage.upstream.abort();
}

Task<net::Outcome<Nothing>> send_continue(ServerExchange& client, milliseconds timeout) {
  ResponseHead head;
  head.status = 100;
  const net::Deadline deadline = net::Clock::now() + timeout;
  auto written = co_await client.write_interim(head, deadline);
  co_return written;
}

/// The final head of the response; interim ones are passed on.
Task<net::Outcome<ResponseHead>> read_final_head(Passage& passage) {
  const ServeOptions& options = passage.scope.options;
  for (;;) {
    const net::Deadline deadline = net::Clock::now() + options.upstream_response_timeout;
    auto head = co_await passage.upstream.read_head(deadline);
    const bool late = !head && head.error().kind == net::Failure::Kind::TimedOut;
    if (late && !passage.sent.ended && passage.request.has_body) continue;  // the request is still on its way
    if (!head || head->status >= 200 || head->status == 101) co_return head;
    if (head->status == 100) continue;  // the proxy has said that itself
    const ResponseHead interim = outgoing_response(std::move(*head));
    const net::Deadline write_deadline = net::Clock::now() + options.inbound.write_timeout;
    auto written = co_await passage.client.write_interim(interim, write_deadline);
    if (!written) co_return written.error();
  }
}

Task<void> answer_failure(Passage& passage, const UpstreamFailure& failure) {
  ++passage.scope.statistics.upstream_failures;
  passage.record.status = failure.status;
  passage.record.error = failure.error;
  passage.record.details = failure.details;
  const Answer answer = failure_answer(failure.status, failure.error, failure.details);
  passage.record.bytes_out = answer.body.size();
  auto sent = co_await send_answer(passage.client, answer, passage.scope.options.inbound.write_timeout);
  if (!sent) passage.client.abort();
}

/// The client's own body broke off: it is told what was wrong, where it can still hear it.
Task<void> answer_bad_body(Passage& passage) {
  const int status = passage.client.failure_status();
  passage.record.status = status;
  passage.record.error = "http_request_error";
  passage.record.details = passage.sent.pumped.failure.message;
  if (status == 0 || passage.client.responded()) {
    passage.client.abort();
    co_return;
  }
  Answer answer{status, {{"Content-Type", "text/plain; charset=utf-8"}}, passage.record.details + "\n"};
  auto sent = co_await send_answer(passage.client, answer, passage.scope.options.inbound.write_timeout);
  if (!sent) passage.client.abort();
}

Task<void> pass_body(Passage& passage) {
  const ServeOptions& options = passage.scope.options;
  const milliseconds read = passage.tunnel ? options.tunnel_timeout : options.outbound.body_timeout;
  Pumped got = co_await pump(passage.upstream, passage.client, read, options.inbound.write_timeout);
  passage.record.bytes_out = got.bytes;
  if (got.end == PumpEnd::Finished) co_return;
  passage.record.error = got.end == PumpEnd::ReadFailed ? exchange_failure(got.failure, true).error : "client_gone";
  passage.record.details = got.failure.message;
  passage.client.abort();
  passage.upstream.abort();
}

Task<void> pass_response(Passage& passage, ResponseHead head, TaskGroup& ways) {
  const ServeOptions& options = passage.scope.options;
  const ResponseHead out =
      translate_switch(passage.client.request(), passage.request, outgoing_response(std::move(head)));
  passage.record.status = out.status;
  const net::Deadline deadline = net::Clock::now() + options.inbound.write_timeout;
  auto written = co_await passage.client.write_head(out, deadline);
  if (!written) {
    passage.record.error = "client_gone";
    passage.client.abort();
    passage.upstream.abort();
    co_return;
  }
  passage.tunnel = !out.upgrade.empty();
  if (passage.tunnel) ways.spawn(send_body(passage));
  if (out.has_body || passage.tunnel) {
    co_await pass_body(passage);
    co_return;
  }
  const Fields none;
  auto finished = co_await passage.client.finish(none, deadline);
  if (!finished) passage.client.abort();
}

/// Sends the head, and has the body follow beside what comes next.
Task<net::Outcome<Nothing>> send_request(Passage& passage, TaskGroup& ways) {
  const net::Deadline deadline = net::Clock::now() + passage.scope.options.outbound.write_timeout;
  auto written = co_await passage.upstream.write_head(passage.request, deadline);
  if (!written) co_return written;
  if (!passage.request.upgrade.empty() && !passage.request.has_body) {
    auto flushed = co_await passage.upstream.flush(deadline);
    co_return flushed;
  }
  if (!passage.request.has_body) {
    passage.sent.ended = true;
    const Fields none;
    auto finished = co_await passage.upstream.finish(none, deadline);
    co_return finished;
  }
  if (passage.client.request().expects_continue) {
    auto continued = co_await send_continue(passage.client, passage.scope.options.inbound.write_timeout);
    if (!continued) co_return continued;
  }
  ways.spawn(send_body(passage));
  co_return Nothing{};
}

Task<Try> exchange_once(Passage& passage, bool may_try_again) {
  TaskGroup ways;
  auto sent = co_await send_request(passage, ways);
  std::optional<net::Failure> failure;
  if (!sent) failure = sent.error();
  if (sent || passage.request.has_body) {
    // An upstream that refuses a body may have said why before it closed.
    auto head = co_await read_final_head(passage);
    if (head) {
      co_await pass_response(passage, std::move(*head), ways);
      co_await ways.join();
      passage.record.bytes_in = passage.sent.pumped.bytes;
      co_return Try::Done;
    }
    failure = head.error();
  }
  passage.upstream.abort();
  co_await ways.join();
  passage.record.bytes_in = passage.sent.pumped.bytes;
  const bool again = may_try_again && passage.upstream.untouched() && passage.record.bytes_in == 0;
  if (again && !passage.client.responded()) co_return Try::Again;
  if (passage.sent.pumped.end == PumpEnd::ReadFailed) {
    co_await answer_bad_body(passage);
    co_return Try::Done;
  }
  const UpstreamFailure known = exchange_failure(*failure, sent ? true : false);
  const UpstreamFailure told{known.status, known.error, fmt::format("{}: {}", passage.record.upstream, known.details)};
  co_await answer_failure(passage, told);
  co_return Try::Done;
}

Task<void> answer_unreached(ServerExchange& exchange, const UpstreamFailure& failure, const ProxyScope& scope,
                            AccessRecord& record) {
  ++scope.statistics.upstream_failures;
  scope.messages.add(fmt::format("tlsward: upstream {}", failure.details));
  record.status = failure.status;
  record.error = failure.error;
  record.details = failure.details;
  const Answer answer = failure_answer(failure.status, failure.error, failure.details);
  auto sent = co_await send_answer(exchange, answer, scope.options.inbound.write_timeout);
  if (!sent) exchange.abort();
}

}  // namespace

Task<void> forward(ServerExchange& exchange, const RequestHead& request, std::size_t upstream, const ProxyScope& scope,
                   AccessRecord& record) {
  bool fresh = false;
  for (;;) {
    auto lease = co_await scope.pool.begin(upstream, fresh);
    if (!lease) {
      co_await answer_unreached(exchange, lease.error(), scope, record);
      co_return;
    }
    Passage passage{exchange, lease->exchange(), request, scope, record, {}, false};
    // A body that was read from the client cannot be read again.
    const bool may_try_again = lease->reused() && !request.has_body;
    const Try ended = co_await exchange_once(passage, may_try_again);
    if (ended == Try::Done) co_return;
    fresh = true;
  }
}

}  // namespace tlsward::serve
