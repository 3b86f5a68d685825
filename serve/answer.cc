#include "serve/answer.h"

#include <fmt/format.h>

#include <utility>

namespace tlsward::serve {
namespace {

/// A string of RFC 8941, 3.3.3: printable ASCII in double quotes.
std::string structured_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const bool printable = c >= 0x20 && c < 0x7f;
    if (c == '"' || c == '\\') result += '\\';
    result += printable ? c : '?';
  }
  return result + '"';
}

}  // namespace

Task<net::Outcome<Nothing>> send_answer(ServerExchange& exchange, const Answer& answer,
                                        std::chrono::milliseconds write_timeout) {
  ResponseHead head;
  head.status = answer.status;
  head.fields = answer.fields;
  head.content_length = answer.body.size();
  head.has_body = exchange.request().method != "HEAD";
  const net::Deadline deadline = net::Clock::now() + write_timeout;
  auto written = co_await exchange.write_head(head, deadline);
  if (!written) co_return written.error();
  if (head.has_body) {
    const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(answer.body.data()),
                                              answer.body.size());
    auto body = co_await exchange.write_body(bytes, deadline);
    if (!body) co_return body.error();
  }
  const Fields none;
  auto finished = co_await exchange.finish(none, deadline);
  co_return finished;
}

Answer gateway_answer(const gateways::GatewayAnswer& answer) {
  Answer result{answer.status, {}, answer.body};
  if (!answer.content_type.empty()) result.fields.push_back({"Content-Type", answer.content_type});
  for (const auto& [name, value] : answer.fields) result.fields.push_back({name, value});
  return result;
}

Answer failure_answer(int status, std::string_view error, std::string_view details) {
  Answer answer{status, {{"Content-Type", "text/plain; charset=utf-8"}}, fmt::format("{}\n", details)};
  answer.fields.push_back(
      {"Proxy-Status", fmt::format("tlsward; error={}; details={}", error, structured_string(details))});
  if (status == 503) answer.fields.push_back({"Retry-After", "1"});
  return answer;
}

}  // namespace tlsward::serve
