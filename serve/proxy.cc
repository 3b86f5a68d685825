#include "serve/proxy.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "gateways/router.h"
#include "serve/access_record.h"
#include "serve/answer.h"
#include "serve/client_access.h"
#include "serve/forward.h"
#include "serve/outgoing.h"

namespace tlsward::serve {
namespace {

std::string path_of(const std::string& target) {
  return target.substr(0, target.find('?'));
}

AccessRecord begin_record(const RequestHead& request, const net::Address& client) {
  AccessRecord record;
  record.time = std::chrono::system_clock::now();
  record.client = client;
  record.method = request.method;
  record.host = request.authority;
  record.path = path_of(request.target);
  record.version = request.version;
  return record;
}

void end_record(AccessRecord& record, net::Clock::time_point began, const ProxyScope& scope) {
  record.duration = std::chrono::duration_cast<std::chrono::microseconds>(net::Clock::now() - began);
  Statistics& statistics = scope.statistics;
  const std::size_t status_class = static_cast<std::size_t>(record.status) / 100;
  if (status_class < statistics.responses_by_class.size()) ++statistics.responses_by_class[status_class];
  statistics.bytes_from_clients += record.bytes_in;
  statistics.bytes_to_clients += record.bytes_out;
  if (scope.access_log) scope.access_log->add(access_line(record, scope.tls));
}

Task<void> answer(ServerExchange& exchange, const Answer& answer, const ProxyScope& scope, AccessRecord& record) {
  record.status = answer.status;
  record.bytes_out = answer.body.size();
  auto sent = co_await send_answer(exchange, answer, scope.options.inbound.write_timeout);
  if (!sent) exchange.abort();
}

std::optional<Answer> refuse(const gateways::ServiceRoute& route, const ProxyScope& scope) {
  const std::string subject = scope.tls ? scope.tls->context : std::string();
  const bool has_list = route.allow_list_context != gateways::kNoIndex;
  const std::size_t context = has_list ? route.allow_list_context : find_context(scope.site, scope.port, subject);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return refuse_client(route, scope.site.credentials[context].get(), scope.tls, now);
}

gateways::RouteMatch find_route(const RequestHead& request, const ProxyScope& scope) {
  const auto header = [&request](std::string_view name) -> std::optional<std::string_view> {
    const std::string* value = find(request.fields, name);
    if (value == nullptr) return {};
    return *value;
  };
  return scope.site.router.find(scope.port, request.authority, request.method, request.target, header);
}

/// Half of a body, then the end of the connection.
Task<void> answer_truncated(ServerExchange& exchange, const ProxyScope& scope, AccessRecord& record) {
  constexpr std::string_view kHalf = "The other half of this body never comes.\n";
  ResponseHead head;
  head.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
  head.content_length = 2 * kHalf.size();
  record.status = head.status;
  record.bytes_out = kHalf.size();
  const net::Deadline deadline = net::Clock::now() + scope.options.inbound.write_timeout;
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(kHalf.data()), kHalf.size());
  auto sent = co_await exchange.write_head(head, deadline);
  if (sent) sent = co_await exchange.write_body(bytes, deadline);
  if (sent) sent = co_await exchange.flush(deadline);
  exchange.abort();
}

Task<void> route_request(ServerExchange& exchange, const ProxyScope& scope, AccessRecord& record) {
  const RequestHead& request = exchange.request();
  const gateways::RouteMatch match = find_route(request, scope);
  if (match.route == gateways::kNoIndex) {
    const Answer nobody = gateway_answer(match.answer.value_or(scope.site.service.not_found));
    co_await answer(exchange, nobody, scope, record);
    co_return;
  }
  const gateways::ServiceRoute& route = scope.site.service.routes[match.route];
  record.route = route.name;
  std::optional<Answer> refusal = refuse(route, scope);
  if (!refusal && route.answer) refusal = gateway_answer(*route.answer);
  const std::size_t upstream = scope.site.route_upstreams[match.route];
  if (!refusal && upstream == gateways::kNoIndex) refusal = gateway_answer(scope.site.service.not_found);
  if (refusal) {
    co_await answer(exchange, *refusal, scope, record);
    co_return;
  }
  record.upstream = scope.site.upstreams[upstream].authority;
  const RequestHead out = outgoing_request(request, route, scope.site.upstreams[upstream], match.target, scope);
  co_await forward(exchange, out, upstream, scope, record);
}

}  // namespace

Task<void> answer_request(ServerExchange& exchange, const ProxyScope& scope) {
  const OpenCount open(scope.statistics.requests_open);
  ++scope.statistics.requests;
  const auto began = net::Clock::now();
  AccessRecord record = begin_record(exchange.request(), scope.client);
  if (scope.options.fault == Fault::Reset)
    exchange.abort();
  else if (scope.options.fault == Fault::TruncatedBody)
    co_await answer_truncated(exchange, scope, record);
  else
    co_await route_request(exchange, scope, record);
  end_record(record, began, scope);
}

}  // namespace tlsward::serve
