#include "tests/serve/http2_answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "net/deadline.h"
#include "serve/pump.h"
#include "tests/net/peer.h"

namespace tlsward::test {
namespace {

using serve::Fields;
using serve::ResponseHead;
using serve::ServerExchange;
using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kPatience = 20s;
/// How long the tests' handlers wait for a peer that takes nothing: long enough for an honest one, short for a test.
constexpr std::chrono::milliseconds kWritePatience = 2s;

net::Deadline write_deadline() {
  return net::Clock::now() + kWritePatience;
}

// `text` stays until it is said.
Task<bool> say(ServerExchange& exchange, std::string_view text) {
  const net::Deadline deadline = write_deadline();
  const std::span<const std::uint8_t> bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  auto sent = co_await exchange.write_body(bytes, deadline);
  co_return bool(sent);
}

Task<void> end(ServerExchange& exchange) {
  const Fields none;
  const net::Deadline deadline = write_deadline();
  auto sent = co_await exchange.finish(none, deadline);
  if (!sent) exchange.abort();
}

Task<void> begin(ServerExchange& exchange, int status, bool has_body) {
  ResponseHead head;
  head.status = status;
  head.has_body = has_body;
  const net::Deadline deadline = write_deadline();
  auto sent = co_await exchange.write_head(head, deadline);
  if (!sent) exchange.abort();
}

Task<void> answer_text(ServerExchange& exchange, int status, std::string_view text) {
  const bool has_body = exchange.request().method != "HEAD";
  co_await begin(exchange, status, has_body);
  bool sent = true;
  if (has_body) sent = co_await say(exchange, text);
  if (sent)
    co_await end(exchange);
  else
    exchange.abort();
}

Task<void> echo_body(ServerExchange& exchange) {
  const serve::Pumped pumped = co_await serve::pump(exchange, exchange, kPatience, kWritePatience);
  if (pumped.end != serve::PumpEnd::Finished) exchange.abort();
}

Task<void> read_to_end(ServerExchange& exchange) {
  std::vector<std::uint8_t> buffer(16384);
  for (;;) {
    const net::Deadline deadline = net::Clock::now() + kPatience;
    auto got = co_await exchange.read_body(buffer, deadline);
    if (!got || *got == 0) co_return;
  }
}

Task<void> interim(ServerExchange& exchange, int status) {
  ResponseHead head;
  head.status = status;
  head.has_body = false;
  if (status == 103) head.fields.push_back({"link", "</style.css>; rel=preload"});
  const net::Deadline deadline = write_deadline();
  auto sent = co_await exchange.write_interim(head, deadline);
  if (!sent) exchange.abort();
}

Task<void> answer_bytes(ServerExchange& exchange, std::size_t size) {
  ResponseHead head;
  head.content_length = size;
  const net::Deadline deadline = write_deadline();
  auto written = co_await exchange.write_head(head, deadline);
  std::size_t place = 0;
  bool sent = bool(written);
  while (sent && place < size) {
    std::string piece(std::min<std::size_t>(16384, size - place), '\0');
    for (char& byte : piece) byte = byte_at(place++);
    sent = co_await say(exchange, piece);
  }
  if (sent)
    co_await end(exchange);
  else
    exchange.abort();
}

Task<void> answer_tunnel(ServerExchange& exchange) {
  ResponseHead head;
  head.upgrade = exchange.request().upgrade;
  const net::Deadline deadline = write_deadline();
  auto sent = co_await exchange.write_head(head, deadline);
  if (sent) co_await echo_body(exchange);
}

Task<void> abort_midway(ServerExchange& exchange) {
  co_await begin(exchange, 200, true);
  const bool said = co_await say(exchange, "half");
  const net::Deadline deadline = write_deadline();
  auto flushed = co_await exchange.flush(deadline);
  if (said && flushed) exchange.abort();
}

std::string description(const serve::RequestHead& request) {
  std::string text = fmt::format("{} {} {} {}\n", request.method, request.scheme, request.authority, request.target);
  for (const serve::Field& field : request.fields) text += fmt::format("{}: {}\n", field.name, field.value);
  if (request.content_length) text += fmt::format("length {}\n", *request.content_length);
  if (request.expects_continue) text += "expects 100\n";
  return text;
}

Task<void> answer_early(ServerExchange& exchange, std::string_view target) {
  if (target == "/interim") {
    co_await interim(exchange, 103);
    co_await answer_text(exchange, 200, "hello\n");
    co_return;
  }
  if (target == "/continue") co_await interim(exchange, 100);
  co_await begin(exchange, 200, true);
  if (target == "/early") co_await say(exchange, "early\n");
  if (target == "/slow") co_await say(exchange, "a\n");
  if (target != "/slow") {
    co_await echo_body(exchange);
    co_return;
  }
  co_await read_to_end(exchange);
  co_await say(exchange, "b\n");
  co_await end(exchange);
}

}  // namespace

char byte_at(std::size_t place) {
  return static_cast<char>('a' + (place * 7 + place / 1000) % 26);
}

Task<void> answer_by_target(ServerExchange& exchange) {
  const std::string target = exchange.request().target;
  if (target == "/echo" || target == "/early" || target == "/interim" || target == "/continue" || target == "/slow") {
    co_await answer_early(exchange, target);
  } else if (target == "/hold") {
    co_await read_to_end(exchange);
    co_await answer_text(exchange, 200, "hello\n");
  } else if (target == "/describe") {
    const std::string text = description(exchange.request());
    co_await answer_text(exchange, 200, text);
  } else if (target == "/hello" || target == "/deaf") {
    const std::string text = target.substr(1) + "\n";
    co_await answer_text(exchange, 200, text);
  } else if (target.starts_with("/bytes/")) {
    co_await answer_bytes(exchange, std::stoul(target.substr(7)));
  } else if (target.starts_with("/nothing/")) {
    co_await begin(exchange, std::stoi(target.substr(9)), false);
    co_await end(exchange);
  } else if (target == "/abort") {
    co_await abort_midway(exchange);
  } else if (target == "/tunnel") {
    co_await answer_tunnel(exchange);
  } else {
    co_await answer_text(exchange, 404, "not here\n");
  }
}

}  // namespace tlsward::test
