#include "serve/echo.h"

#include <fmt/format.h>

#include <span>
#include <string>

#include "serve/pump.h"

namespace tlsward::serve {
namespace {

constexpr std::chrono::milliseconds kTimeout{15'000};

std::string request_text(const RequestHead& request) {
  std::string text =
      fmt::format("{} {} {}\nHost: {}\n", request.method, request.target, name(request.version), request.authority);
  for (const Field& field : request.fields) text += fmt::format("{}: {}\n", field.name, field.value);
  if (request.content_length) text += fmt::format("Content-Length: {}\n", *request.content_length);
  return text + "\n";
}

}  // namespace

Task<void> echo(ServerExchange& exchange) {
  const RequestHead& request = exchange.request();
  const std::string text = request_text(request);
  ResponseHead head;
  head.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
  head.has_body = request.method != "HEAD";
  if (!request.has_body) head.content_length = text.size();
  if (request.content_length) head.content_length = text.size() + *request.content_length;
  const net::Deadline deadline = net::Clock::now() + kTimeout;
  auto written = co_await exchange.write_head(head, deadline);
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  if (written && head.has_body) written = co_await exchange.write_body(bytes, deadline);
  if (!written) {
    exchange.abort();
    co_return;
  }
  if (!head.has_body) {
    const Fields none;
    written = co_await exchange.finish(none, deadline);
    co_return;
  }
  const Pumped pumped = co_await pump(exchange, exchange, kTimeout, kTimeout);
  if (pumped.end != PumpEnd::Finished) exchange.abort();
}

}  // namespace tlsward::serve
